import Foundation
import PlumblineTestSupport

/// A real web server that shows a folder, as anybody would start one.
final class StaticServer {
    /// Its address.
    let address: String
    private let process = Process()

    /// Serves a folder on a free port.
    init(_ folder: URL) throws {
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder.path,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var said = ""
        while !said.contains(")"), let piece = try output.fileHandleForReading.read(upToCount: 1), !piece.isEmpty {
            said += String(decoding: piece, as: UTF8.self)
        }
        guard let port = said.firstMatch(of: /port (\d+)/) else {
            throw TwoHubs.Refused(description: "python3's http.server did not start: \(said)")
        }
        address = "http://127.0.0.1:\(port.1)"
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
