import Foundation
import PluginPackaging
import PlumblineTestSupport

@testable import struct PluginPackaging.SSHWriter

/// The real `ssh-keygen`, in a folder of its own.
struct SSHKeygen {
    let folder: URL

    struct Missing: Error, CustomStringConvertible {
        var description = "ssh-keygen is missing: install openssh-client (Debian, Ubuntu) or OpenSSH"
    }

    struct Failed: Error, CustomStringConvertible {
        var description: String
    }

    private static func executable() throws -> URL {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let candidates = folders.map { URL(filePath: String($0)).appending(path: "ssh-keygen") }
        guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw Missing()
        }
        return found
    }

    func write(_ name: String, _ text: String) throws {
        try write(name, Array(text.utf8))
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: folder.appending(path: name))
    }

    func read(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// Runs it with a file as its standard input.
    func run(
        _ arguments: [String], input: String = "/dev/null", environment: [String: String] = [:]
    ) throws -> Finished {
        try PlumblineTestSupport.run(
            URL(filePath: "/bin/sh"), ["-c", "exec \"$@\" < \(input)", "sh", Self.executable().path] + arguments,
            in: folder, environment: environment)
    }

    private func succeed(_ arguments: [String]) throws {
        let finished = try run(arguments)
        guard finished.status == 0 else { throw Failed(description: finished.errors) }
    }

    /// Makes a key pair.
    func makeKey(_ name: String, type: String = "ed25519", passphrase: String = "", more: [String] = []) throws {
        try succeed(["-q", "-t", type, "-N", passphrase, "-C", "a comment", "-f", name] + more)
    }

    /// Makes an Ed25519 key pair and reads both.
    func keyPair(_ name: String) throws -> SecretKey {
        try makeKey(name)
        return try SecretKey(text: read(name), file: name)
    }

    /// Signs a file.
    func sign(
        _ file: String, key: String, namespace: String = "plumbline-plugin", hash: String = "sha512"
    ) throws
        -> String
    {
        try? FileManager.default.removeItem(at: folder.appending(path: file + ".sig"))
        try succeed(["-q", "-Y", "sign", "-n", namespace, "-O", "hashalg=\(hash)", "-f", key, file])
        return try read(file + ".sig")
    }

    /// Whether `ssh-keygen -Y verify` takes the signature `FILE.sig` of a file.
    func verifies(
        _ file: String, signers: String = "allowed_signers", as name: String = "riverbend/climate",
        at time: String? = nil, zone: String = "UTC", revoked: String? = nil
    ) throws -> Bool {
        let arguments =
            ["-Y", "verify", "-n", "plumbline-plugin", "-f", signers, "-I", name, "-s", file + ".sig"]
            + (time.map { ["-Overify-time=\($0)"] } ?? []) + (revoked.map { ["-r", $0] } ?? [])
        return try run(arguments, input: file, environment: ["TZ": zone]).status == 0
    }

    /// Does something with one in a temporary folder.
    static func with<Result>(_ body: (SSHKeygen) throws -> Result) throws -> Result {
        try withTemporaryFolder { try body(SSHKeygen(folder: $0)) }
    }
}

/// A line of a public key of a kind that needs a security token, which no test has.
func tokenKeyLine(_ kind: String = "sk-ssh-ed25519@openssh.com") -> String {
    var writer = SSHWriter()
    writer.append(string: kind)
    writer.append(string: [UInt8](repeating: 7, count: 32))
    writer.append(string: "ssh:")
    return "\(kind) \(Data(writer.bytes).base64EncodedString())"
}
