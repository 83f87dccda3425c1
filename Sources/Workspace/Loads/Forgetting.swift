public import Foundation

/// Takes people's rows out for good: out of the store, out of the files, and out of everything that was kept of them.
/// What was published stays.
///
/// The store knows what is being forgotten from the moment on at which the rows are out of use until the last of their
/// bytes is gone; whatever interrupts it, ``finish()`` goes on from there. The caller holds the ``DataLock``.
public struct Forgetting {
    private let workspace: Workspace
    private let store: Store

    /// What was forgotten.
    public struct Report: Equatable, Sendable {
        /// The loads.
        public var loads: [ForgottenLoad] = []
        /// Files that were removed.
        public var removedFiles = 0
        /// Loads that have some of the very same rows, so that their files stay.
        public var loadsWithSameRows: [String] = []
    }

    /// Forgetting in a workspace.
    public init(_ workspace: Workspace, _ store: Store) {
        self.workspace = workspace
        self.store = store
    }

    /// Forgets loads, and what was interrupted before.
    ///
    /// - Throws: ``WorkspaceError``; the loads are then either as they were, or out of use with some of their bytes still
    ///   there, and the same again goes on.
    public func run(_ loads: [LoadRecord]) throws(WorkspaceError) -> Report {
        let shared = try loadsSharingFiles(with: loads)
        try store.forget(loads)
        var report = try finish()
        report.loadsWithSameRows = shared
        return report
    }

    /// Finishes what was begun.
    ///
    /// - Throws: ``WorkspaceError``; it can be tried again.
    public func finish() throws(WorkspaceError) -> Report {
        let pending = try store.interruptedForgetting()
        guard !pending.isEmpty else { return Report() }
        do {
            let removed = try removeStrayFiles()
            try removeRejects(of: pending)
            try quietRunLetters()
            try store.erase()
            try store.endForgetting()
            return Report(loads: pending, removedFiles: removed)
        } catch {
            throw Self.unfinished(error, workspace)
        }
    }

    private static func unfinished(_ error: any Error, _ workspace: Workspace) -> WorkspaceError {
        let reason = (error as? WorkspaceError)?.description ?? "\(FileTrouble.reason(error))."
        return WorkspaceError(
            (error as? WorkspaceError)?.code ?? .notWritable,
            "The rows are out of use, but not all of their bytes could be removed: \(reason) Run the same command again "
                + "to finish.", file: workspace.privateFolder.path)
    }

    private func loadsSharingFiles(with loads: [LoadRecord]) throws(WorkspaceError) -> [String] {
        let ids = Set(loads.map(\.id))
        let files = Set(loads.flatMap { load in load.files.map { [load.dataset, $0.hash] } })
        let others = try store.allLoads().filter { other in
            !ids.contains(other.id) && other.files.contains { files.contains([other.dataset, $0.hash]) }
        }
        return Set(others.map(\.fullName)).sorted()
    }

    /// Removes the files under `loads/` that no load owns: those of the forgotten, and drafts of imports that were killed.
    private func removeStrayFiles() throws -> Int {
        let stray = try workspace.loads.strayFiles(beside: try store.allLoads())
        for file in stray { try FileManager.default.removeItem(at: file) }
        return stray.count
    }

    /// Lists of rejected rows hold cells. The list of a name is that of its newest load.
    private func removeRejects(of loads: [ForgottenLoad]) throws {
        for load in loads {
            let current = try store.snapshot(of: load.dataset).loads.map(\.name)
            let file = workspace.rejectFile(dataset: load.dataset, load: load.name)
            guard !current.contains(load.name), FileManager.default.fileExists(atPath: file.path) else { continue }
            try FileManager.default.removeItem(at: file)
        }
    }

    private func quietRunLetters() throws {
        let folder = workspace.runsFolder
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else { return }
        for name in names where name.hasSuffix(".json") {
            let file = folder.appending(path: name)
            let run = String(name.dropLast(".json".count))
            let letter = QuietLetter(json: String(decoding: try Data(contentsOf: file), as: UTF8.self), run: run)
            if letter.isChanged { try Data(letter.text.utf8).write(to: file, options: .atomic) }
            try quiet(folder.appending(path: run + ".txt"), letter)
        }
    }

    private func quiet(_ file: URL, _ letter: QuietLetter) throws {
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        var failures = letter.failureLines[...]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("FAILED ") ? failures.popFirst() ?? "FAILED" : String(line)
        }
        let quiet = lines.joined(separator: "\n")
        if quiet != text { try Data(quiet.utf8).write(to: file, options: .atomic) }
    }
}

extension LoadFolder {
    /// Files of rows that none of the loads owns, in order of their paths.
    public func strayFiles(beside loads: [LoadRecord]) throws -> [URL] {
        let files = FileManager.default
        let owned = Set(loads.flatMap { load in load.files.map { file(dataset: load.dataset, hash: $0.hash).path } })
        guard files.fileExists(atPath: url.path) else { return [] }
        var stray: [URL] = []
        for dataset in try files.contentsOfDirectory(atPath: url.path).sorted() {
            let folder = url.appending(path: dataset)
            for name in ((try? files.contentsOfDirectory(atPath: folder.path)) ?? []).sorted() {
                let file = folder.appending(path: name)
                if name.contains(".arrow"), !owned.contains(file.path) { stray.append(file) }
            }
        }
        return stray
    }
}
