#if os(Linux)
import Foundation

/// What the system shows of processes under /proc.
enum ProcessTable {
    /// The processes that were started under this path and are not gone.
    static func processes(startedAs path: String) -> [Int] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap(Int.init).filter { pid in
            content(pid, "cmdline").first == path
        }
    }

    /// The texts of a file of the process that holds texts between zero bytes.
    static func content(_ pid: Int, _ file: String) -> [String] {
        guard let bytes = try? Data(contentsOf: URL(filePath: "/proc/\(pid)/\(file)")) else { return [] }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What each open descriptor of the process is.
    static func descriptors(_ pid: Int) -> [Int: String] {
        let folder = "/proc/\(pid)/fd"
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var result: [Int: String] = [:]
        for entry in entries {
            guard let number = Int(entry) else { continue }
            result[number] = (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(entry)")) ?? "?"
        }
        return result
    }
}
#endif
