public import Foundation
public import MeasureModel
import Workers
public import Workspace

/// A module of a plugin after a worker has looked at it.
public struct CheckedModule: Equatable, Sendable {
    /// The module; without a text where that cannot be read.
    public var module: ScriptModule
    /// Those that it requires.
    public var requires: [ScriptModule] = []
    /// Why it cannot be used.
    public var failure: Failure?
    /// What the linter points out.
    public var findings: [Finding] = []

    /// The modules of one plugin of a library.
    public static func all(of plugin: InstalledPlugin, in library: ModuleLibrary) -> [CheckedModule] {
        library.names.filter { $0.hasPrefix(plugin.word + ".") }.map { CheckedModule($0, in: library) }
    }

    /// All modules of a workspace's plugins that may run.
    public static func all(in workspace: Workspace) -> [CheckedModule] {
        let library = ModuleLibrary(of: workspace)
        return workspace.plugins.all.filter { $0.obstacle == nil }.flatMap { all(of: $0, in: library) }
            .sorted { $0.module.name.utf8.lexicographicallyPrecedes($1.module.name.utf8) }
    }

    /// The modules at a path of the command line: a file, or a folder with all in it.
    public static func at(_ path: URL, _ workspace: Workspace?) -> [CheckedModule] {
        let isFolder = try? path.resourceValues(forKeys: [.isDirectoryKey]).isDirectory
        let files = isFolder == true ? LuaFiles.all(in: path) : [path]
        return files.compactMap { file in
            guard let place = ModuleLibrary.moduleName(of: file.standardizedFileURL) else { return nil }
            if let workspace, place.plugins.path == ModuleLibrary.folder(of: workspace).path {
                return CheckedModule(place.name, in: ModuleLibrary(of: workspace))
            }
            let shown = MeasureFile.shownPath(place.plugins, workspace)
            return CheckedModule(place.name, in: ModuleLibrary(place.plugins, shownAs: shown))
        }
    }

    private init(_ name: String, in library: ModuleLibrary) {
        module = ScriptModule(name: name, file: library.file(of: name), source: [])
        do throws(Failure) {
            (module, requires) = try library.module(name)
        } catch {
            failure = error
        }
    }
}

extension MeasureLoader {
    /// Has workers look at modules.
    ///
    /// - Throws: ``WorkerError``; what is wrong with a module is in its result.
    public func check(_ modules: [CheckedModule]) throws -> [CheckedModule] {
        var checked = modules
        let limits = config.limits.forDefinition
        let jobs = modules.indices.filter { modules[$0].failure == nil }.map { index in
            WorkerJob(
                scope: 0, request: .module(modules[index].module, requires: modules[index].requires, limits: limits),
                number: index,
                patience: Patience(budgets: [limits.cpuSeconds]))
        }
        try pool.run(jobs, scopes: [WorkerScope(datasets: [])]) { job, event in
            switch event {
            case .reply(.defined(_, let failure, let findings)):
                checked[job.number].failure = failure
                checked[job.number].findings = findings
            case .reply: break
            case .died(let death):
                let report = DeathReport(death, of: job.request)
                checked[job.number].failure = report?.failure(file: modules[job.number].module.file)
            }
            return []
        }
        return checked
    }
}
