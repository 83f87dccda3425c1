#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Which file is at a path, and when it was last written: the same mark is the same bytes.
public struct FileMark: Equatable, Sendable {
    private var device: UInt64
    private var inode: UInt64
    private var byteCount: Int64
    private var modified: [Int]

    /// The mark of what is at a path, a link itself and not what it leads to; nil when nothing is there.
    public init?(path: String) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    fileprivate init?(descriptor: Int32) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(status.st_ino)
        byteCount = Int64(status.st_size)
        #if canImport(Glibc)
        modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
        #else
        modified = [status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec]
        #endif
    }
}

/// A file opened for reading, closed when the value goes.
final class OpenFile {
    let descriptor: Int32

    /// Opens what is at a path, if it is what was marked.
    init(path: String, mark: FileMark? = nil) throws(WorkerError) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw WorkerError(.unreadableData, "The data file `\(path)` cannot be opened (errno \(errno)).")
        }
        guard mark == nil || mark == FileMark(descriptor: descriptor) else {
            throw WorkerError(
                .unreadableData,
                "The data file `\(path)` changed while it was about to be read; nothing was computed from it. Run the "
                    + "command again; `plumb doctor` says what is wrong with it.")
        }
    }

    deinit {
        close(descriptor)
    }
}

/// What the system's error numbers mean.
enum SystemError {
    /// `Operation not permitted`
    static func text(_ number: Int) -> String {
        unsafe String(cString: strerror(Int32(truncatingIfNeeded: number)))  // copied before anybody asks again
    }
}

/// Reading from and writing to descriptors. Unsafe code because the system calls take pointers, each to a local that
/// outlives the call.
enum Descriptors {
    /// What is there now, at most 64 KiB; waits for something; empty at the end.
    static func read(_ descriptor: Int32) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            var got = -1
            repeat {
                got = unsafe recv(descriptor, buffer)
            } while got < 0 && errno == EINTR
            count = max(0, got)
        }
    }

    private static func recv(_ descriptor: Int32, _ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #else
        unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }

    /// Writes all bytes; false when nobody reads any more, or nobody reads on while a descriptor that does not block is
    /// full for so long.
    static func write(_ bytes: [UInt8], to descriptor: Int32, waiting limit: Duration = .zero) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { unsafe put(descriptor, $0) }
            if count > 0 {
                written += count
            } else if errno == EAGAIN {
                guard isWritable(descriptor, waiting: limit) else { return false }
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }

    /// Lets writing to a full pipe fail instead of wait.
    static func neverBlock(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    private static func put(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
        unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    /// Which of the descriptors can be read (or are at their end); waits at most so long.
    static func readable(_ descriptors: [Int32], waiting limit: Duration) -> Set<Int32> {
        var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard unsafe poll(&entries, nfds_t(entries.count), milliseconds(limit)) > 0 else { return [] }
        return Set(entries.filter { $0.revents != 0 }.map(\.fd))
    }

    private static func isWritable(_ descriptor: Int32, waiting limit: Duration) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return unsafe poll(&entry, 1, milliseconds(limit)) > 0
    }

    private static func milliseconds(_ limit: Duration) -> Int32 {
        let (seconds, attoseconds) = limit.components
        return Int32(max(0, min(seconds, 3_600)) * 1_000 + max(0, attoseconds) / 1_000_000_000_000_000 + 1)
    }

    /// Lets this process survive a peer that is gone; a failed write says so instead.
    static func ignoreBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Lets this process hold as many open files as the system allows.
    static func raiseFileLimit() {
        var limit = rlimit()
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
        #else
        let resource = RLIMIT_NOFILE
        #endif
        guard unsafe getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        _ = unsafe setrlimit(resource, &limit)
    }
}
