public import Foundation
import MeasureModel
public import PluginPackaging

/// Where a registry is: a folder, or what a web server shows of one.
public enum RegistryPlace: Equatable, Sendable {
    case folder(URL)
    case web(URL)

    /// The place that a text names: an address that begins with `https://` or `http://`, or the path of a folder, from `base`
    /// on where it is no full path.
    ///
    /// - Throws: ``PluginError`` with `.unreachable` for other kinds of addresses.
    public init(_ text: String, base: URL) throws(PluginError) {
        guard !text.isEmpty, text.utf8.count <= Self.longestText, VisibleText.of(text) == text else {
            throw PluginError(
                .unreachable,
                "A registry is named in one line of at most \(Self.longestText) bytes, without characters that are not seen."
            )
        }
        guard let scheme = text.prefixMatch(of: /([A-Za-z][A-Za-z0-9+.\-]*):\/\//) else {
            let folder = URL(filePath: base.path, directoryHint: .isDirectory)
            self = .folder(URL(filePath: text, directoryHint: .isDirectory, relativeTo: folder).standardizedFileURL)
            return
        }
        let kind = scheme.1.lowercased()
        guard kind == "https" || kind == "http", let url = URL(string: text), url.host?.isEmpty == false else {
            throw PluginError(
                .unreachable,
                "A registry is a folder or an address that begins with https:// or http://, not `\(text)`.")
        }
        guard url.user == nil, url.password == nil else {
            throw PluginError(
                .unreachable,
                "The address of a registry stands in \(PluginLock.fileName) for all to read: leave out the name and password."
            )
        }
        self = .web(url)
    }

    private static let longestText = 1000

    /// How the lock file and people call it.
    public var text: String {
        switch self {
        case .folder(let url): url.path
        case .web(let url): url.absoluteString
        }
    }
}

/// What a registry was asked for and how it may answer.
struct Fetching {
    /// More than this is no answer.
    var mostBytes: Int
    /// Seconds after which no more is waited for.
    var patience: Double
}

extension RegistryPlace {
    /// The bytes of a file of the registry; nil where it has no such file.
    ///
    /// - Throws: ``PluginError`` with `.unreachable` that says how the registry behaved.
    func bytes(of path: String, _ fetching: Fetching) throws(PluginError) -> [UInt8]? {
        switch self {
        case .folder(let url): try Self.read(url.appending(path: path), in: url, fetching)
        case .web(let url): try WebFetch.bytes(of: url.appending(path: path), fetching)
        }
    }

    private static func read(_ file: URL, in folder: URL, _ fetching: Fetching) throws(PluginError) -> [UInt8]? {
        guard (try? folder.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true else {
            throw PluginError(.unreachable, "There is no registry in \(folder.path): the folder is not there.")
        }
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        guard let values = try? file.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey]),
            values.isRegularFile == true, let handle = try? FileHandle(forReadingFrom: file),
            let bytes = try? handle.read(upToCount: fetching.mostBytes + 1) ?? Data()
        else {
            throw PluginError(.unreachable, "\(file.path) of the registry cannot be read: may it be read by you?")
        }
        guard bytes.count <= fetching.mostBytes else { throw PluginError.tooLarge(file.path, fetching) }
        return [UInt8](bytes)
    }
}

extension PluginError {
    static func tooLarge(_ place: String, _ fetching: Fetching) -> PluginError {
        PluginError(
            .unreachable,
            "\(place) has more than \(fetching.mostBytes) bytes, which no plugin needs: ask whoever runs the registry.")
    }
}
