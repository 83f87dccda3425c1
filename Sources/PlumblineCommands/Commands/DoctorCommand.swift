import ArgumentParser
import Foundation
import MeasureModel
import Nightly
import Workers
import Workspace

/// One thing that `plumb doctor` looked at.
struct DoctorFinding {
    var isGood: Bool
    var text: String
    var advice: String?
}

struct DoctorCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check the installation and the workspace.")

    @OptionGroup var common: CommonOptions

    func execute(_ console: Console) throws -> ExitStatus {
        let workspace = try? common.openWorkspaceIfAny()
        var findings = Self.installation(try Installation.sandbox(of: workspace))
        if let workspace = try? common.workspaceFolder() { findings += Self.workspace(workspace) }
        for finding in findings {
            let mark = finding.isGood ? console.green("ok") : console.red("problem")
            console.show("\(mark): \(finding.text)" + (finding.advice.map { "\n    \($0)" } ?? ""))
        }
        console.emit(
            .object([
                (
                    "findings",
                    .array(
                        findings.map { finding in
                            .object([
                                ("ok", .bool(finding.isGood)), ("text", .string(finding.text)),
                                ("advice", .optional(finding.advice)),
                            ])
                        })
                )
            ]))
        return findings.allSatisfy(\.isGood) ? .done : .findings
    }

    private typealias Finding = DoctorFinding

    private static func installation(_ sandbox: SandboxPolicy) -> [Finding] {
        let script = Script(name: "doctor", source: Array(probe.utf8))
        do {
            let pool = try Installation.pool(1, sandbox: .bestEffort)  // to tell what is missing, not to stop at it
            let loader = MeasureLoader(pool: pool, descriptions: [], config: WorkspaceConfig(), memory: nil)
            let loaded = try loader.load([MeasureFile(script: script, network: nil)], runTests: true)
            let passed =
                loaded.first.map { $0.failure == nil && $0.tests?.allSatisfy { $0.problem == nil } ?? false } ?? false
            return [
                Finding(
                    isGood: passed,
                    text: passed ? "a worker starts and evaluates a measure" : "a worker starts but cannot evaluate",
                    advice: passed ? nil : loaded.first?.obstacle?.message),
                lockDown(pool.missingProtections, sandbox),
            ]
        } catch {
            return [
                Finding(
                    isGood: false, text: "a worker cannot be started: \(ErrorReport(error).message)",
                    advice: "Install plumb-worker beside plumb, liblua5.4 and on Linux libseccomp (Debian: apt install "
                        + "liblua5.4-0 libseccomp2).")
            ]
        }
    }

    /// What a worker said that it was refused.
    private static func lockDown(_ missing: [MissingProtection], _ sandbox: SandboxPolicy) -> Finding {
        guard !missing.isEmpty else {
            return Finding(
                isGood: true,
                text:
                    "workers are locked down: no environment, no files but the data of their owner, limits on memory and "
                    + "resources, and a filter of system calls (seccomp)")
        }
        let isAccepted = sandbox == .bestEffort
        return Finding(
            isGood: isAccepted,
            text: "workers cannot be locked down whole here. Missing: \(missing.text)"
                + (isAccepted ? "; `sandbox: best-effort` accepts that" : "; scripts are not run"),
            advice: "Let the kernel or the container grant it (a seccomp profile that allows `seccomp` and `prctl`)"
                + (isAccepted ? "." : ", or accept less with `sandbox: best-effort` in plumbline.yaml."))
    }

    private static let probe = """
        return measure { id = "doctor", version = "1.0.0", title = "doctor", domain = "quality", type = "quality",
          unit = "points", from = "data", value = function(g) return g.x:mean() end,
          tests = { { name = "mean", rows = { { x = 1 }, { x = 3 } }, expect = { value = 2 } } } }
        """

    private static func workspace(_ folder: URL) -> [Finding] {
        do {
            let workspace = try Workspace.open(folder)
            var findings = [
                Finding(isGood: true, text: "the configuration and the codebooks of \(folder.path) can be read")
            ]
            findings += LimitFindings(workspace.config).all
            findings += access(workspace)
            findings += strangers(workspace)
            findings += PluginDoctor(workspace).findings
            guard let store = try workspace.openStoreForReading() else {
                return findings + [Finding(isGood: true, text: "nothing was imported yet")]
            }
            findings += try loads(workspace, store)
            let editions = try store.editions()
            findings.append(
                Finding(
                    isGood: true,
                    text: editions.last.map { "the newest edition is \($0.number), looking from \($0.asOf)" }
                        ?? "nothing was published yet"))
            return findings
        } catch {
            return [
                Finding(
                    isGood: false, text: ErrorReport(error).message, advice: "Mend it and run `plumb doctor` again.")
            ]
        }
    }

    /// Folders of networks that the configuration does not name: nothing in them is ever evaluated.
    private static func strangers(_ workspace: Workspace) -> [Finding] {
        let folder = workspace.url.appending(path: "networks")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().filter { !$0.hasPrefix(".") && workspace.config.network($0) == nil }.map { name in
            Finding(
                isGood: false, text: "networks/\(name) is of no network that plumbline.yaml names; it is not evaluated",
                advice: "Name the network in plumbline.yaml, or remove the folder.")
        }
    }

    private static func access(_ workspace: Workspace) -> [Finding] {
        let path = workspace.privateFolder.path
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        var findings: [Finding] = []
        let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? 0
        let isPrivate = mode & 0o077 == 0
        findings.append(
            Finding(
                isGood: isPrivate, text: isPrivate ? "\(path) is for its owner only" : "others can look into \(path)",
                advice: isPrivate ? nil : "chmod 700 \(path)"))
        if !FileManager.default.isWritableFile(atPath: path) {
            findings.append(
                Finding(
                    isGood: false, text: "\(path) cannot be written, so nothing can be imported or published",
                    advice: "Run as the user who owns it, or change its owner."))
        }
        return findings
    }

    /// Every load, those that are not in use too: each byte of their files is held against what was imported.
    private static func loads(_ workspace: Workspace, _ store: Store) throws -> [Finding] {
        let lock = try DataLock(workspace, .using)
        defer { lock.holdUntilHere() }
        let all = try store.allLoads()
        var findings = LoadCheck(workspace.loads).damages(in: all).map {
            Finding(isGood: false, text: $0.summary, advice: $0.advice)
        }
        if findings.isEmpty {
            findings.append(Finding(isGood: true, text: "\(all.count) loads are as they were imported, every byte"))
        }
        findings += try store.interruptedForgetting().map { load in
            Finding(
                isGood: false,
                text: "forgetting \(load.fullName) was interrupted: its rows are out of use, not yet gone",
                advice: "plumb data remove \(load.fullName) --forget")
        }
        let stray = try workspace.loads.strayFiles(beside: all)
        if !stray.isEmpty {
            findings.append(
                Finding(
                    isGood: true,
                    text: "\(stray.count) files under \(workspace.loads.url.path) belong to no load: imports that were "
                        + "interrupted left them", advice: "The next `plumb data remove LOAD --forget` removes them."))
        }
        return findings
    }
}
