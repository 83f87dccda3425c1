/// Keeps two nights from running at once.
public struct NightLock: ~Copyable {
    private let file: LockFile

    /// Takes the lock of a workspace.
    ///
    /// - Throws: ``WorkspaceError`` with `.locked` when another night has it.
    public init(_ workspace: Workspace) throws(WorkspaceError) {
        let file = try LockFile("night.lock", in: workspace)
        try file.takeAlone(orSay: "Another night runs in this workspace; wait for it to end and try again.")
        self.file = file
    }

    /// Keeps the lock alive up to the place where it is asked.
    public borrowing func holdUntilHere() {}
}

/// Keeps data from being forgotten while somebody uses them: users share the lock, forgetting has it alone.
public struct DataLock: ~Copyable {
    /// What the lock is for.
    public enum Purpose: Sendable {
        /// Loads are read or written. Waits while data are being forgotten.
        case using
        /// Loads are taken out for good. Refused while anybody uses them.
        case forgetting
    }

    private let file: LockFile?

    /// Takes the lock of a workspace. Where the private folder cannot be written nothing can be forgotten, and there is
    /// nothing to lock.
    ///
    /// - Throws: ``WorkspaceError`` with `.locked` when data are in use that are to be forgotten.
    public init(_ workspace: Workspace, _ purpose: Purpose) throws(WorkspaceError) {
        switch purpose {
        case .using:
            file = try? LockFile("data.lock", in: workspace)
            file?.takeTogether()
        case .forgetting:
            let lock = try LockFile("data.lock", in: workspace)
            try lock.takeAlone(
                orSay:
                    "Another command uses the data of this workspace (an import, an evaluation, a night); nothing was "
                    + "forgotten. Wait for it to end and try again.")
            file = consume lock
        }
    }

    /// Keeps the lock alive up to the place where it is asked.
    public borrowing func holdUntilHere() {}
}
