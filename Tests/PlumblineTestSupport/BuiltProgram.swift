public import Foundation

/// The program `plumb` as it was built beside the tests.
public enum BuiltProgram {
    /// The folder of the built products.
    public static let folder: URL = {
        // The test runner is told its bundle on the command line, or is the bundle itself.
        let candidates =
            CommandLine.arguments.map { URL(filePath: $0) }
            + [Bundle.main.bundleURL, Bundle.main.executableURL]
            .compactMap(\.self)
        for candidate in candidates {
            var folder = candidate
            for _ in 0..<4 {
                folder = folder.deletingLastPathComponent()
                if FileManager.default.isExecutableFile(atPath: folder.appending(path: "plumb-worker").path) {
                    return folder
                }
            }
        }
        return Repository.root.appending(path: ".build/debug")
    }()

    /// `plumb`.
    public static let plumb = folder.appending(path: "plumb")

    /// Runs `plumb` in a folder.
    public static func plumb(
        _ arguments: String..., in folder: URL, environment: [String: String] = [:]
    ) throws -> Finished {
        try run(plumb, arguments, in: folder, environment: environment)
    }

    /// Starts `plumb` in a folder and does not wait for it.
    public static func start(_ arguments: String..., in folder: URL) throws -> Process {
        try start(arguments, in: folder)
    }

    /// Starts `plumb` in a folder and does not wait for it.
    public static func start(_ arguments: [String], in folder: URL) throws -> Process {
        let process = Process()
        process.executableURL = plumb
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(Kernel.environment) { $1 }
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}

extension Finished {
    /// The one document of `--json`.
    public func json() throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
        return object ?? [:]
    }

    /// `error.code` of a failure with `--json`.
    public var errorCode: String? {
        ((try? json())?["error"] as? [String: Any])?["code"] as? String
    }

    /// `error.message` of a failure with `--json`.
    public var errorMessage: String? {
        ((try? json())?["error"] as? [String: Any])?["message"] as? String
    }

    /// `error.at` of a failure with `--json`.
    public var errorPlace: [String: Any] {
        ((try? json())?["error"] as? [String: Any])?["at"] as? [String: Any] ?? [:]
    }
}
