/// A file of a package.
public struct PackageFile: Equatable, Sendable {
    /// Where it lies in the package: `modules/items.lua`.
    public let path: String
    /// What is in it.
    public let bytes: [UInt8]
    /// The digest of that: `sha256:…`.
    public let digest: String

    /// A file.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        digest = Digest.of(bytes)
    }

    /// Its bytes as text; that they are UTF-8 was checked.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
