import Foundation
import PlumblineTestSupport

/// A web server in a process of Python.
class PythonServer {
    /// Its address.
    let address: String
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// Starts Python with these arguments; what it says first names the port, as http.server says it.
    init(_ arguments: [String], scheme: String = "http") throws {
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-u"] + arguments
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let said = try Self.line(of: output)
        guard let port = said.firstMatch(of: /port (\d+)/) else {
            throw TwoHubs.Refused(description: "python3 started no web server: \(said)")
        }
        address = "\(scheme)://127.0.0.1:\(port.1)"
    }

    /// Waits for the next line that it says.
    func line() throws -> String { try Self.line(of: output) }

    private static func line(of output: Pipe) throws -> String {
        var said = ""
        while !said.hasSuffix("\n"), let piece = try output.fileHandleForReading.read(upToCount: 1), !piece.isEmpty {
            said += String(decoding: piece, as: UTF8.self)
        }
        return said
    }

    /// Tells it something.
    func tell(_ line: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
    }

    /// Keeps it from answering until it is resumed, as if the network were gone.
    func suspend() { kill(process.processIdentifier, SIGSTOP) }

    /// Lets it answer again.
    func resume() { kill(process.processIdentifier, SIGCONT) }

    /// Ends it, whatever signals it was started with.
    func stop() {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    deinit {
        stop()
    }
}

/// A real web server that shows a folder, as anybody would start one.
final class StaticServer: PythonServer {
    /// Serves a folder on a free port.
    init(_ folder: URL) throws {
        try super.init(["-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder.path])
    }
}
