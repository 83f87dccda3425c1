public import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A file that processes lock. A lock dies with its process, however that ends.
public struct LockFile: ~Copyable {
    private let handle: FileHandle
    private let url: URL

    /// Opens a file of the private folder, made where it is not there yet.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable`.
    init(_ name: String, in workspace: Workspace) throws(WorkspaceError) {
        try workspace.preparePrivateFolder()
        try self.init(at: workspace.privateFolder.appending(path: name), isPrivate: true)
    }

    /// Opens a file, made with its folder where it is not there yet; one that is not private may be for several users.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable`.
    public init(at url: URL, isPrivate: Bool = false) throws(WorkspaceError) {
        try? FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        // Never in the place of another one, on which somebody may have the lock.
        if (try? Data().write(to: url, options: .withoutOverwriting)) != nil, isPrivate {
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

    /// Takes the lock alone; waits for those who have it.
    public func waitAlone() {
        while flock(handle.fileDescriptor, LOCK_EX) != 0, errno == EINTR {}
    }

    /// Takes the lock together with others; waits for one who has it alone.
    func takeTogether() {
        while flock(handle.fileDescriptor, LOCK_SH) != 0, errno == EINTR {}
    }

    /// Keeps the lock alive up to the place where it is asked.
    public borrowing func holdUntilHere() {}

    deinit {
        try? handle.close()
    }
}
