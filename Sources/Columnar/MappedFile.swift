#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A file mapped into memory, read-only, for as long as the object lives.
///
/// Unsafe code lives here and in ``Buffer``. Invariant: `address` is the start of a private read-only mapping of
/// `count` bytes (0 when `count` is 0) from `init` to `deinit`, and nothing is read outside it. The file must not be
/// shortened meanwhile: loads are written once and never changed.
public final class MappedFile: Sendable {
    let address: UInt
    /// Length in bytes.
    public let count: Int

    /// Maps the whole file behind an open descriptor, which may be closed afterwards.
    ///
    /// - Throws: ``ColumnarError`` with `.unreadable`.
    public init(descriptor: Int32) throws(ColumnarError) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_size >= 0 else {
            throw ColumnarError(.unreadable, "The file behind a descriptor cannot be examined (errno \(errno)).")
        }
        count = Int(status.st_size)
        guard count > 0 else {
            address = 0
            return
        }
        guard let start = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), unsafe start != MAP_FAILED
        else {
            throw ColumnarError(.unreadable, "The file behind a descriptor cannot be mapped (errno \(errno)).")
        }
        address = UInt(bitPattern: start)
    }

    /// Maps the file at a path.
    ///
    /// - Throws: ``ColumnarError`` with `.unreadable`.
    public convenience init(path: String) throws(ColumnarError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw ColumnarError(.unreadable, "`\(path)` cannot be opened for reading (errno \(errno)).")
        }
        defer { close(descriptor) }
        try self.init(descriptor: descriptor)
    }

    /// Puts a finished file into the place of another in one step: who opens the place finds one of them, whole, and who
    /// has mapped the older one keeps it.
    ///
    /// - Throws: ``ColumnarError`` with `.unreadable`.
    public static func move(_ draft: String, to place: String) throws(ColumnarError) {
        guard unsafe rename(draft, place) == 0 else {
            throw ColumnarError(.unreadable, "`\(draft)` cannot be moved to `\(place)` (errno \(errno)).")
        }
    }

    deinit {
        if let start = unsafe UnsafeMutableRawPointer(bitPattern: address) { unsafe munmap(start, count) }
    }

    /// All its bytes.
    public var bytes: Buffer<UInt8> {
        Buffer(mapping: self, byteOffset: 0, count: count)
    }
}
