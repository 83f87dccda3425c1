public import Foundation

/// What a process said and how it ended.
public struct Finished: Sendable {
    /// The exit status; 128 + the signal when one ended it.
    public var status: Int32
    /// Its standard output as text.
    public var output: String
    /// Its standard error as text.
    public var errors: String
}

/// Runs a program and waits for it.
public func run(
    _ executable: URL, _ arguments: [String] = [], in folder: URL? = nil, environment: [String: String] = [:],
    input: String? = nil
) throws -> Finished {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(Kernel.environment) { $1 }.merging(environment) {
        $1
    }
    let output = try Capture()
    let errors = try Capture()
    process.standardOutput = output.handle
    process.standardError = errors.handle
    // A file, not a pipe: a process that ends before it has read everything would end the tests by SIGPIPE.
    let given = try input.map(Given.init)
    process.standardInput = given?.handle ?? FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    given?.remove()
    let signal = process.terminationReason == .uncaughtSignal ? Int32(128) : 0
    return Finished(
        status: process.terminationStatus + signal, output: try output.text(), errors: try errors.text())
}

/// A file that holds what a process is to read.
private struct Given {
    private let url = FileManager.default.temporaryDirectory.appending(path: "plumbline-in-\(UUID().uuidString)")
    let handle: FileHandle

    init(_ text: String) throws {
        try Data(text.utf8).write(to: url)
        handle = try FileHandle(forReadingFrom: url)
    }

    func remove() {
        try? handle.close()
        try? FileManager.default.removeItem(at: url)
    }
}

/// A file that collects output: no pipe that could fill up and block.
private struct Capture {
    let url = FileManager.default.temporaryDirectory.appending(path: "plumbline-out-\(UUID().uuidString)")
    let handle: FileHandle

    init() throws {
        _ = FileManager.default.createFile(atPath: url.path, contents: nil)
        handle = try FileHandle(forWritingTo: url)
    }

    func text() throws -> String {
        try handle.close()
        defer { try? FileManager.default.removeItem(at: url) }
        return String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }
}

/// Python with the packages of Tests/Interop/requirements.txt, which `make setup` installs.
public enum Python {
    /// The interpreter of the project's own environment.
    public static let interpreter = Repository.root.appending(path: ".venv/bin/python")

    /// Whether it is there.
    public static let isAvailable = FileManager.default.isExecutableFile(atPath: interpreter.path)

    /// Runs a script.
    public static func run(_ script: String, _ arguments: [String] = []) throws -> Finished {
        try PlumblineTestSupport.run(interpreter, ["-c", script] + arguments)
    }
}
