import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Keeps two nights from running at once. The lock dies with its process, however that ends.
public struct NightLock: ~Copyable {
    private let handle: FileHandle

    /// Takes the lock of a workspace.
    ///
    /// - Throws: ``WorkspaceError`` with `.locked` when another night has it.
    public init(_ workspace: Workspace) throws(WorkspaceError) {
        try workspace.preparePrivateFolder()
        let file = workspace.privateFolder.appending(path: "night.lock")
        if !FileManager.default.fileExists(atPath: file.path) {
            _ = FileManager.default.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        guard let handle = try? FileHandle(forUpdating: file) else {
            throw WorkspaceError(.notWritable, "\(file.path) cannot be opened for writing.", file: file.path)
        }
        guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw WorkspaceError(
                .locked, "Another night runs in this workspace; wait for it to end and try again.", file: file.path)
        }
        self.handle = handle
    }

    /// Keeps the lock alive up to the place where it is asked.
    public borrowing func holdUntilHere() {}

    deinit {
        try? handle.close()
    }
}
