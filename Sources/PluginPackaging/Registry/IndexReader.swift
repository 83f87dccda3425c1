import Crypto

extension PluginIndex {
    /// Reads a file; `called` is what messages call it.
    ///
    /// - Throws: ``PluginError`` with `.badIndex`, naming the line.
    public init(_ name: PluginName, bytes: [UInt8], called file: String) throws(PluginError) {
        self.init(name)
        guard bytes.count <= Self.maximumSize else {
            throw PluginError(
                .badIndex,
                "The index \(Shown.quoted(file)) has \(Shown.count(bytes.count)) bytes; it may have "
                    + "\(Shown.count(Self.maximumSize)).", file: file)
        }
        var before = SHA256()
        var at = 0
        var number = 0
        while at < bytes.count {
            number += 1
            do throws(NotationError) {
                let end = try Self.endOfLine(bytes, from: at, number)
                try take(bytes[at..<end], before: Digest.of(before))
                before.update(data: bytes[at...end])
                at = end + 1
            } catch {
                throw PluginError(
                    .badIndex,
                    "Line \(number) of the index \(Shown.quoted(file)) \(error). Nothing in it can be trusted; tell those "
                        + "who run the registry.", file: file, line: number)
            }
        }
        self.bytes = bytes
    }

    private static func endOfLine(_ bytes: [UInt8], from at: Int, _ number: Int) throws(NotationError) -> Int {
        guard number <= maximumLines else { throw NotationError("is one too many: at most \(maximumLines) are read") }
        guard let end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) else {
            throw NotationError("is cut off: it has no end")
        }
        return end
    }

    private mutating func take(_ text: ArraySlice<UInt8>, before: String) throws(NotationError) {
        let line = try IndexLine(text, of: name)
        let expected = line.bytes(previous: before).dropLast()
        guard expected.elementsEqual(text) else {
            // All but the digest at the end, its quotation mark and its brace: then it is the chain that is broken.
            let behind = before.utf8.count + 2
            throw NotationError(
                expected.dropLast(behind).elementsEqual(text.dropLast(behind))
                    ? "does not follow from the lines before it: some were edited, removed or put in another order"
                    : "is not written as `plumb plugin publish` writes it: it was edited")
        }
        try apply(line)
    }

    private mutating func apply(_ line: IndexLine) throws(NotationError) {
        switch line {
        case .release(let release):
            guard places.updateValue(releases.count, forKey: release.version) == nil else {
                throw NotationError("publishes \(name) \(release.version), which was published before")
            }
            releases.append(release)
        case .withdrawal(let withdrawal):
            guard let at = places[withdrawal.version], releases[at].archiveDigest == withdrawal.archiveDigest
            else {
                throw NotationError(
                    "takes back \(name) \(withdrawal.version) (\(withdrawal.archiveDigest)), which was never published")
            }
            // Another may have said so before, whose word does not count.
            releases[at].withdrawals.append(withdrawal)
        }
    }

    // MARK: Writing

    /// The file with a version more; what was taken back of it is told by lines of their own.
    ///
    /// - Throws: ``PluginError`` with `.badIndex` where the version is there already.
    public func appending(_ release: Release) throws(PluginError) -> [UInt8] {
        var release = release
        release.withdrawals = []
        return try appending(.release(release))
    }

    /// The file with a withdrawal more.
    ///
    /// - Throws: ``PluginError`` with `.badIndex` where there is no such version.
    public func appending(_ withdrawal: Withdrawal) throws(PluginError) -> [UInt8] {
        guard withdrawal.plugin == name else {
            throw PluginError(.badIndex, "The index of \(name) takes back no version of \(withdrawal.plugin).")
        }
        return try appending(.withdrawal(withdrawal))
    }

    private func appending(_ line: IndexLine) throws(PluginError) -> [UInt8] {
        do throws(NotationError) {
            try line.check()
            var probe = self
            try probe.apply(line)
        } catch {
            throw PluginError(.badIndex, "The line for the index of \(name) \(error).")
        }
        let result = bytes + line.bytes(previous: Digest.of(bytes))
        guard result.count <= Self.maximumSize, result.count(where: { $0 == UInt8(ascii: "\n") }) <= Self.maximumLines
        else {
            throw PluginError(.badIndex, "The index of \(name) is full: go on under another name.")
        }
        return result
    }
}
