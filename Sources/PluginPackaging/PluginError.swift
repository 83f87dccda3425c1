/// Why a plugin cannot be made, trusted, found or used, in words that say what to do.
public struct PluginError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds, as `error.code` shows them.
    public enum Code: String, Sendable, CaseIterable {
        /// A folder is no package: its manifest or what lies in it is wrong.
        case badPackage = "bad_package"
        /// An archive is none that `plumb plugin pack` makes.
        case badArchive = "bad_archive"
        /// A signature is missing, broken or of something else.
        case badSignature = "bad_signature"
        /// A signature is good, but its key may not sign this.
        case untrusted
        /// A key is none that signs plugins.
        case badKey = "bad_key"
        /// A private key is behind a passphrase, which only `ssh-keygen` asks for.
        case lockedKey = "locked_key"
        /// A file of trusted or revoked keys cannot be read.
        case badTrust = "bad_trust"
        /// What lies in the workspace or in the cache is not what the lock file says.
        case changed
        /// `plumb.lock` cannot be read, or was edited.
        case badLock = "bad_lock"
        /// A registry's index is broken, tampered with or older than before.
        case badIndex = "bad_index"
        /// A registry does not answer, or not with what was asked for.
        case unreachable
        /// No choice of versions fits.
        case conflict
        /// There is no such plugin or version.
        case unknownPlugin = "unknown_plugin"
        /// Nobody approved it.
        case notApproved = "not_approved"
        /// The file system does not give what it should.
        case notReadable = "not_readable"
    }

    /// The kind.
    public var code: Code
    /// What is wrong and what to do, as a sentence.
    public var description: String
    /// The file it is about.
    public var file: String?
    /// The line in it, from 1.
    public var line: Int?

    /// An error.
    public init(_ code: Code, _ description: String, file: String? = nil, line: Int? = nil) {
        self.code = code
        self.description = description
        self.file = file
        self.line = line
    }
}

extension PluginError {
    /// The description without a full stop, to stand in another sentence.
    public var clause: String {
        description.hasSuffix(".") ? String(description.dropLast()) : description
    }
}
