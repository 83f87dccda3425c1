public import Columnar

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The bytes of a file that is being imported, read piece by piece. They are read, not mapped: a mapping of a file
/// that somebody shortens meanwhile ends the process.
public final class FileBytes: Sendable {
    private enum Origin {
        case descriptor(Int32, Stamp)
        case memory(Buffer<UInt8>)
    }

    /// What changes when a file is written to.
    private struct Stamp: Equatable {
        var size: Int
        var seconds: Int
        var nanoseconds: Int

        init(_ status: stat) {
            size = Int(status.st_size)
            #if canImport(Darwin)
            seconds = Int(status.st_mtimespec.tv_sec)
            nanoseconds = Int(status.st_mtimespec.tv_nsec)
            #else
            seconds = Int(status.st_mtim.tv_sec)
            nanoseconds = Int(status.st_mtim.tv_nsec)
            #endif
        }
    }

    private let origin: Origin
    /// Number of bytes.
    public let count: Int

    /// Opens a file. One that cannot be read in any order, such as a pipe, is read at once.
    ///
    /// - Throws: ``TabularError`` with `.unreadable`.
    public init(path: String) throws(TabularError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable() }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            close(descriptor)
            throw Self.unreadable()
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            defer { close(descriptor) }
            guard status.st_mode & S_IFMT != S_IFCHR else {
                throw TabularError(.unreadable, "The file is a device; give a file, or a pipe such as /dev/stdin.")
            }
            let bytes = try Self.readAll(descriptor)
            origin = .memory(Buffer(bytes))
            count = bytes.count
            return
        }
        let stamp = Stamp(status)
        origin = .descriptor(descriptor, stamp)
        count = stamp.size
    }

    /// Bytes that are in memory already.
    public init(_ bytes: Buffer<UInt8>) {
        origin = .memory(bytes)
        count = bytes.count
    }

    deinit {
        if case .descriptor(let descriptor, _) = origin { close(descriptor) }
    }

    private static func unreadable() -> TabularError {
        TabularError(.unreadable, "The file cannot be read: \(unsafe String(cString: strerror(errno))).")
    }

    /// Bytes of a pipe that are held at once.
    private static let mostOfPipe = 1 << 30

    private static func readAll(_ descriptor: Int32) throws(TabularError) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let got = unsafe piece.withUnsafeMutableBytes { unsafe take(descriptor, $0) }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw unreadable() }
            guard got > 0 else { return bytes }
            guard bytes.count < mostOfPipe else {
                throw TabularError(.tooLarge, "A pipe of more than 1 GiB is not read; write it to a file first.")
            }
            bytes.append(contentsOf: piece[..<got])
        }
    }

    private static func take(_ descriptor: Int32, _ target: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.read(descriptor, target.baseAddress, target.count)
        #else
        unsafe Darwin.read(descriptor, target.baseAddress, target.count)
        #endif
    }

    /// Up to `limit` bytes from `start` on, fewer at the end.
    ///
    /// - Throws: ``TabularError`` with `.unreadable` or `.changed`.
    public func read(from start: Int, limit: Int) throws(TabularError) -> [UInt8] {
        let wanted = max(0, min(limit, count - start))
        var failure: TabularError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { target, filled in
            do throws(TabularError) {
                if let first = target.baseAddress { try unsafe read(from: start, count: wanted, into: first) }
                filled = wanted
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Reads `wanted` bytes, which must all be there, into memory that has room for them.
    func read(from start: Int, count wanted: Int, into target: UnsafeMutablePointer<UInt8>) throws(TabularError) {
        switch origin {
        case .memory(let bytes):
            let span = bytes.span.extracting(start..<start + wanted)
            unsafe span.withUnsafeBufferPointer { source in
                if let first = source.baseAddress { unsafe target.update(from: first, count: wanted) }
            }
        case .descriptor(let descriptor, _):
            var done = 0
            while done < wanted {
                let got = unsafe pread(descriptor, target + done, wanted - done, off_t(start + done))
                if got < 0, errno == EINTR { continue }
                guard got >= 0 else { throw Self.unreadable() }
                guard got > 0 else { throw Self.changed }
                done += got
            }
        }
    }

    /// Makes sure that the file is still what it was when it was opened.
    ///
    /// - Throws: ``TabularError`` with `.changed`.
    public func checkUnchanged() throws(TabularError) {
        guard case .descriptor(let descriptor, let stamp) = origin else { return }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, Stamp(status) == stamp else { throw Self.changed }
    }

    private static let changed = TabularError(
        .changed, "The file changed while it was read; import it again when it is complete.")
}
