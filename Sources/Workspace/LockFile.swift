import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A file of the private folder that processes lock. A lock dies with its process, however that ends.
struct LockFile: ~Copyable {
    private let handle: FileHandle
    private let url: URL

    /// Opens the file, made where it is not there yet.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable`.
    init(_ name: String, in workspace: Workspace) throws(WorkspaceError) {
        try workspace.preparePrivateFolder()
        let url = workspace.privateFolder.appending(path: name)
        // Never in the place of another one, on which somebody may have the lock.
        if (try? Data().write(to: url, options: .withoutOverwriting)) != nil {
            try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path)
        }
        guard let handle = try? FileHandle(forUpdating: url) else {
            throw WorkspaceError(.notWritable, "\(url.path) cannot be opened for writing.", file: url.path)
        }
        self.url = url
        self.handle = handle
    }

    /// Takes the lock alone, unless somebody has it.
    ///
    /// - Throws: ``WorkspaceError`` with `.locked` and the message.
    func takeAlone(orSay message: String) throws(WorkspaceError) {
        guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw WorkspaceError(.locked, message, file: url.path)
        }
    }

    /// Takes the lock together with others; waits for one who has it alone.
    func takeTogether() {
        while flock(handle.fileDescriptor, LOCK_SH) != 0, errno == EINTR {}
    }

    deinit {
        try? handle.close()
    }
}
