import Columnar
import Foundation

/// An input in memory and in a file.
struct FuzzInput {
    var bytes: [UInt8]
    var path: String
    /// For what the target chooses at random.
    var seed: UInt64
    /// Takes what came of it, where that must be the same in every process.
    var trace: FuzzTrace

    /// Works on the file as a mapping. What the mapping's last page holds beyond the file may not be read, where a sanitizer
    /// watches.
    func withMapping<Result>(_ body: (MappedFile) throws -> Result) throws -> Result {
        let file = try MappedFile(path: path)
        let address = unsafe file.bytes.span.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
        let end = address + UInt(file.count)
        let pageSize = UInt(sysconf(Int32(_SC_PAGESIZE)))
        let rest = (pageSize - end % pageSize) % pageSize
        Sanitizer.forbid(end, rest)
        defer { Sanitizer.allow(end, rest) }
        return try body(file)
    }
}

/// A number that stands for all that came out of a run (FNV-1a).
final class FuzzTrace {
    private(set) var mark: UInt64 = 0xcbf2_9ce4_8422_2325

    func add(_ text: String) {
        for byte in text.utf8 { mark = (mark ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    }
}

/// AddressSanitizer, where the program is built with it.
private enum Sanitizer {
    private typealias Mark = @convention(c) (UInt, UInt) -> Void

    static func forbid(_ start: UInt, _ count: UInt) { call("__asan_poison_memory_region", start, count) }

    static func allow(_ start: UInt, _ count: UInt) { call("__asan_unpoison_memory_region", start, count) }

    private static func call(_ name: String, _ start: UInt, _ count: UInt) {
        guard let symbol = unsafe dlsym(nil, name) else { return }
        unsafe unsafeBitCast(symbol, to: Mark.self)(start, count)
    }
}
