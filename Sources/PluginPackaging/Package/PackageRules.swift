/// What a package may hold.
struct PackageRules {
    /// How what is wrong is told.
    let complaint: PackageComplaint

    static let maximumScriptSize = 64 << 10
    static let maximumFileSize = 256 << 10
    static let maximumTotal = 4 << 20
    static let mostFiles = 512
    static let checksums = "SHA256SUMS"
    /// What the path field of an archive has room for.
    static let maximumPathLength = 100

    private static let texts = [PluginManifest.fileName, "README.md", "LICENSE", "CHANGELOG.md"]
    private static let required = [PluginManifest.fileName, "README.md"]
    static let measures = "Measures"
    static let modules = "modules"

    // MARK: Paths

    static func sorted(_ files: [PackageFile]) -> [PackageFile] {
        files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The last part of a module's name, where a path is that of one.
    static func moduleWord(of path: String) -> Substring? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == modules, parts[1].hasSuffix(".lua") else { return nil }
        let word = parts[1].dropLast(4)
        return PluginName.isWord(word) ? word : nil
    }

    static func isMeasure(_ path: String) -> Bool {
        path.hasPrefix(measures + "/") && path.hasSuffix(".lua") && !path.hasSuffix("/.lua")
    }

    static func isScript(_ path: String) -> Bool { path.hasSuffix(".lua") }

    /// What systems and editors leave in folders, or hide there.
    static func isLitter(_ name: some StringProtocol) -> Bool {
        name.hasPrefix(".") || name.hasSuffix("~") || name.lowercased() == "thumbs.db"
    }

    /// Refuses a path that is none of a package.
    func checkPath(_ path: String) throws(PluginError) {
        try checkSteps(path)
        guard path.utf8.allSatisfy({ Self.isAllowed($0) || $0 == UInt8(ascii: "/") }) else {
            throw complaint(path, "but names are made of the letters A to Z and a to z, digits, `.`, `_` and `-`")
        }
        guard path.utf8.count <= Self.maximumPathLength else {
            throw complaint(path, "whose path is longer than \(Self.maximumPathLength) characters")
        }
        guard !Self.texts.contains(path), !Self.isMeasure(path), Self.moduleWord(of: path) == nil else { return }
        throw complaint(path, outOfPlace(path))
    }

    private func checkSteps(_ path: String) throws(PluginError) {
        guard !path.hasPrefix("/") else { throw complaint(path, "an absolute path, which leads out of the package") }
        for step in path.split(separator: "/", omittingEmptySubsequences: false) {
            guard step != ".." else { throw complaint(path, "whose `..` leads out of the package") }
            guard !step.isEmpty, step != "." else {
                throw complaint(path, "whose path has a step that is empty or `.`")
            }
            guard !Self.isLitter(step) else {
                throw complaint(path, "which is hidden or was left behind by a system or an editor")
            }
        }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    func outOfPlace(_ path: String) -> String {
        if path.hasPrefix(Self.modules + "/") {
            return "but a module is `modules/name.lua`, its name in lower-case letters, digits and `_`, a letter first"
        }
        if path.hasPrefix(Self.measures + "/") { return "but in `Measures` there are files that end in `.lua` only" }
        return
            "but a package has only \(Self.texts.map { "`\($0)`" }.joined(separator: ", ")), `Measures/` and `modules/`"
    }

    // MARK: Sizes

    /// Refuses a size before anything of that size is read.
    func checkSize(_ path: String, _ size: Int) throws(PluginError) {
        let limit = Self.isScript(path) ? Self.maximumScriptSize : Self.maximumFileSize
        guard size <= limit else {
            throw complaint(path, "of \(Shown.count(size)) bytes: it may have \(Shown.count(limit))")
        }
    }

    func checkCount(_ count: Int) throws(PluginError) {
        guard count <= Self.mostFiles else { throw complaint("holds more than \(Self.mostFiles) files") }
    }

    // MARK: The whole

    /// Refuses what is wrong with files that are sorted by their paths.
    func check(_ files: [PackageFile]) throws(PluginError) {
        try checkCount(files.count)
        try checkNames(files.map(\.path))
        var total = 0
        for file in files {
            try checkPath(file.path)
            try checkSize(file.path, file.bytes.count)
            try checkText(file)
            total += file.bytes.count
        }
        guard total <= Self.maximumTotal else {
            throw complaint(
                "holds \(Shown.count(total)) bytes; all its files together may have \(Shown.count(Self.maximumTotal))")
        }
        for path in Self.required where !files.contains(where: { $0.path == path }) {
            throw complaint("has no `\(path)`: write one")
        }
        guard files.contains(where: { Self.isScript($0.path) }) else {
            throw complaint("has neither a measure in `Measures/` nor a module in `modules/`: it would do nothing")
        }
    }

    private func checkText(_ file: PackageFile) throws(PluginError) {
        guard String(validating: file.bytes, as: UTF8.self) != nil else {
            throw complaint(file.path, "which is no text in UTF-8")
        }
        guard !file.bytes.contains(0) else { throw complaint(file.path, "which has a NUL in it") }
    }

    /// Refuses paths that one file system or another would take for the same.
    func checkNames(_ paths: [String]) throws(PluginError) {
        var spellings: [String: (path: String, isFile: Bool)] = [:]
        for path in paths {
            let steps = path.split(separator: "/", omittingEmptySubsequences: false)
            for count in 1...max(1, steps.count) {
                let place = steps.prefix(count).joined(separator: "/")
                let isFile = count == steps.count
                guard let other = spellings.updateValue((place, isFile), forKey: place.lowercased()) else { continue }
                guard other.path == place else {
                    throw complaint(
                        place, "which differs from \(Shown.quoted(other.path)) only in upper and lower case")
                }
                guard !isFile || !other.isFile else { throw complaint(place, "twice") }
                guard isFile == other.isFile else { throw complaint(place, "which is a file and a folder at once") }
            }
        }
    }
}
