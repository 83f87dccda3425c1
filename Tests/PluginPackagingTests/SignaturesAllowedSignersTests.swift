import Foundation
import PlumblineTestSupport
import Testing

@testable import PluginPackaging

/// What a file of allowed signers allows is what `ssh-keygen` says it allows.
struct SignaturesAllowedSignersTests {
    private static let plugin = "riverbend/climate"

    /// One question to both: a file, with <key> and <other> for two keys, and a time.
    private struct Question: CustomStringConvertible {
        var file: String
        var time = "20261130120000Z"
        var zone = "UTC"

        init(_ file: String, _ time: String = "20261130120000Z", _ zone: String = "UTC") {
            self.file = file
            self.time = time
            self.zone = zone
        }

        var description: String { "\(file) at \(time) in \(zone)" }
    }

    private static let questions: [Question] = [
        Question(""), Question("\n\n# nobody\n"), Question("riverbend/climate <key>"),
        Question("riverbend/climate <other>"),
        Question("riverbend/climate <key> a comment # of words"), Question("\t riverbend/climate \t <key>"),
        Question("# riverbend/climate <key>"), Question("riverbend/* <key>"), Question("*/climate <key>"),
        Question("* <key>"),
        Question("riverbend/climat? <key>"), Question("riverbend/climate? <key>"), Question("riverbend <key>"),
        Question("riverbend/ <key>"), Question("Riverbend/Climate <key>"), Question("hillside/*,riverbend/* <key>"),
        Question("riverbend/*,!riverbend/climate <key>"), Question("!riverbend/climate,riverbend/* <key>"),
        Question("!riverbend/climate <key>"), Question("!hillside/* <key>"), Question("*,!hillside/* <key>"),
        Question("\"riverbend/climate\" <key>"), Question("\"riverbend/*, with blanks\" <key>"),
        Question("\"with blanks,riverbend/*\" <key>"), Question("riverbend/climate\r"),
        Question("riverbend/climate <key>\r"),
        Question("riverbend/*,!riverbend/climate <key>\nriverbend/climate <key>"), Question("* <other>\n* <key>"),
        Question("* namespaces=\"git\" <key>\n* namespaces=\"plumbline-plugin\" <key>"),
        Question("* namespaces=\"plumbline-plugin\" <key>"), Question("* namespaces=\"git\" <key>"),
        Question("* namespaces=\"git,plumb*\" <key>"), Question("* namespaces=\"*,!plumbline-plugin\" <key>"),
        Question("* namespaces=\"\" <key>"), Question("* NameSpaces=\"plumbline-plugin\" <key>"),
        Question("* namespaces=\"a \\\" b,plumbline-plugin\" <key>"), Question("* namespaces=plumbline-plugin <key>"),
        Question("* namespaces=\"plumbline-plugin\",namespaces=\"git\" <key>"), Question("* namespaces <key>"),
        Question("* cert-authority <key>"), Question("* cert-authority,namespaces=\"plumbline-plugin\" <key>"),
        Question("* cert-authority <key>\n* <key>"), Question("* some-option <key>"),
        Question("* namespaces=\"plumbline-plugin\", <key>"), Question("* namespaces=\"plumbline-plugin\"<key>"),
        Question("* namespaces=\"plumbline-plugin <key>"), Question("\"* <key>"), Question("*"), Question("<key>"),
        Question("* ssh-ed25519"), Question("* ssh-ed25519 AAAA"), Question("* ssh-rsa AAAA"),
        Question("* SSH-ED25519 AAAA"),
        Question("* valid-after=\"20261130Z\" <key>"), Question("* valid-after=\"20261201Z\" <key>"),
        Question("* valid-before=\"20261130Z\" <key>"), Question("* valid-before=\"20261201Z\" <key>"),
        Question("* valid-after=\"20261101Z\",valid-before=\"20261201Z\" <key>"),
        Question("* valid-after=\"20261201Z\",valid-before=\"20261101Z\" <key>"),
        Question("* valid-after=\"20261101Z\",valid-before=\"20261101Z\" <key>"),
        Question("* valid-before=\"20261101Z\" <key>\n* valid-after=\"20261101Z\" <key>"),
        Question("* valid-after=\"2026-11-01\" <key>"), Question("* valid-after=20261101Z <key>"),
        Question("* valid-after=\"2026110112Z\" <key>"), Question("* valid-after=\"20261301Z\" <key>"),
        Question("* valid-after=\"202611012400Z\" <key>"), Question("* valid-after=\"19700101Z\" <key>"),
        Question("* valid-after=\"\" <key>"), Question("* valid-after=\"Z\" <key>"),
        Question("* valid-after=\"20261101UTC\" <key>"),
        Question("* <rsa>\n* <key>"), Question("* <rsa>"),
    ]

    @Test func verdictsAreThoseOfOpenSSH() throws {
        try SSHKeygen.with { keygen in
            let secret = try keygen.keyPair("key")
            let other = try keygen.keyPair("other").signingKey.text
            try keygen.makeKey("rsa", type: "rsa", more: ["-b", "2048"])
            let rsa = try keygen.read("rsa.pub").trimmingCharacters(in: .newlines)
            try keygen.write("file", "an archive")
            try keygen.write("file.sig", secret.sign(Array("an archive".utf8)).armored)
            var allowed = 0
            for question in Self.questions {
                let text = question.file.replacing("<rsa>", with: rsa)
                    .replacing("<key>", with: secret.signingKey.text).replacing("<other>", with: other)
                try keygen.write("allowed_signers", text)
                let theirs = try keygen.verifies("file", at: question.time, zone: question.zone)
                let ours = try Self.allows(text, secret.signingKey, question.time, question.zone)
                #expect(ours == theirs, "\(question)")
                allowed += ours ? 1 : 0
            }
            #expect((20...50).contains(allowed))
        }
    }

    private static func allows(_ text: String, _ key: SigningKey, _ time: String, _ zone: String) throws -> Bool {
        let timeZone = try #require(TimeZone(identifier: zone))
        let seconds = try #require(SignerTime.seconds(time, in: timeZone))
        do {
            let signers = try AllowedSigners(text: text, file: "allowed_signers", timeZone: timeZone)
            _ = try signers.principals(
                for: key, plugin: plugin, at: Date(timeIntervalSince1970: Double(seconds)))
            return true
        } catch {
            #expect([.untrusted, .badTrust].contains(error.code))
            return false
        }
    }

    /// Where OpenSSH guesses, or does not look, a file of trust is refused as a whole.
    @Test func someLinesAreRefusedThatOpenSSHTakes() throws {
        let key = try SSHKeygen.with { try $0.keyPair("key").signingKey.text }
        let lines = [
            ("river\"bend/climate\" <key>", "quotes must stand around all"), ("\"\" <key>", "its names are empty"),
            ("\"river\"bend <key>", "quotes must stand around all"),
            ("* ,namespaces=\"plumbline-plugin\" <key>", "a comma too many"),
            ("* valid-after=\"20260231Z\" <key>", "is no time"), ("* valid-after=\"2026 101Z\" <key>", "is no time"),
            ("* valid-after=\"20260101235960Z\" <key>", "is no time"),
            ("* cert-authority=\"x\" <key>", "takes no value"),
            ("hillside/* namespace=\"x\" <key>", "did you mean `namespaces`?"),
            ("hillside/* ssh-ed25519 AAAA", "is no key"),
            ("hillside/* ssh-new AAAA", "`ssh-new` is neither a kind of key nor an option"),
        ]
        for (line, words) in lines {
            let text = "* \(key)\n\n" + line.replacing("<key>", with: key)
            let error = #expect(throws: PluginError.self) {
                try AllowedSigners(text: text, file: "hub/allowed_signers")
            }
            #expect(error?.code == .badTrust)
            #expect(error?.line == 3)
            #expect(error?.file == "hub/allowed_signers")
            #expect(error?.description.contains(words) == true, "\(String(describing: error))")
            #expect(error?.description.hasSuffix("(hub/allowed_signers, line 3).") == true)
        }
    }

    @Test(arguments: [
        "UTC", "America/Chicago", "Asia/Kolkata", "Australia/Sydney", "Australia/Lord_Howe", "America/St_Johns",
    ])
    func timesAreThoseOfOpenSSH(zone: String) throws {
        try SSHKeygen.with { keygen in
            let secret = try keygen.keyPair("key")
            try keygen.write("file", "an archive")
            try keygen.write("file.sig", secret.sign(Array("an archive".utf8)).armored)
            let timeZone = try #require(TimeZone(identifier: zone))
            for time in ["20260101", "20260701", "202607011230", "20260308023000", "20261101013000", "20261004023000Z"]
            {
                let seconds = try #require(SignerTime.seconds(time, in: timeZone))
                for (option, shift, isGood) in [
                    ("after", -1, false), ("after", 0, true), ("before", 0, true), ("before", 1, false),
                ] {
                    let text = "* valid-\(option)=\"\(time)\" \(secret.signingKey.text)\n"
                    try keygen.write("allowed_signers", text)
                    let moment = Self.utc(seconds + shift)
                    #expect(try keygen.verifies("file", at: moment, zone: zone) == isGood, "\(option) \(time)")
                    #expect(try Self.allows(text, secret.signingKey, moment, zone) == isGood, "\(option) \(time)")
                }
            }
        }
    }

    private static func utc(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601).replacing(/[-:T]/, with: "")
    }

    /// Every list of up to four characters that mean something.
    @Test func patternsMatchAsInOpenSSH() throws {
        try SSHKeygen.with { keygen in
            let key = try keygen.keyPair("key").signingKey.text
            let characters = ["a", "b", "/", "*", "?", "!", ","]
            var lists = [""]
            var all: [String] = []
            for _ in 0..<4 {
                lists = lists.flatMap { list in characters.map { list + $0 } }
                all += lists
            }
            try keygen.write("allowed_signers", all.map { "\($0) \(key)\n" }.joined())
            for name in ["a", "b/a", "aab", "!a", "a,b"] {
                let theirs = try keygen.run(["-Y", "match-principals", "-I", name, "-f", "allowed_signers"])
                let ours = all.filter { PatternList(text: $0).matches(name) }
                #expect(!ours.isEmpty)
                #expect(theirs.output.split(separator: "\n").map(String.init) == ours, "\(name)")
            }
        }
    }

    @Test func patternsTakeNoTime() {
        let list = PatternList(text: String(repeating: "*a", count: 500) + "b")
        #expect(!list.matches(String(repeating: "a", count: 5000)))
        #expect(!PatternList(text: String(repeating: "*", count: 1023)).matches("a"))
        #expect(PatternList(text: String(repeating: "*", count: 1022)).matches("a"))
    }

    @Test func refusalsSayWhyAndWhatToWrite() throws {
        let (key, other) = try SSHKeygen.with {
            (try $0.keyPair("key").signingKey, try $0.keyPair("other").signingKey)
        }
        let proposal = "`riverbend/climate namespaces=\"plumbline-plugin\" \(key.text)`"
        let cases: [(file: String, words: [String], line: Int?)] = [
            ("", ["lets nobody sign", proposal], nil),
            ("* \(other.text)", ["does not know", key.fingerprint, proposal], nil),
            ("hillside/* \(key.text)", ["may sign for `hillside/*` only", proposal], 1),
            ("* cert-authority \(key.text)", ["stands there as `cert-authority`", proposal], 1),
            ("\n* namespaces=\"git\" \(key.text)", ["namespaces `git` only", "add `plumbline-plugin`"], 2),
            ("* valid-after=\"20270101Z\" \(key.text)", ["not valid before 2027-01-01T00:00:00Z"], 1),
            ("* valid-before=\"20260101Z\" \(key.text)", ["valid until 2026-01-01T00:00:00Z", "newer key"], 1),
            // The line that comes nearest is the one that is spoken of.
            ("x/* \(key.text)\n* valid-before=\"20260101Z\" \(key.text)\ny/* \(key.text)", ["valid until"], 2),
        ]
        let date = try Date("2026-11-30T12:00:00Z", strategy: .iso8601)
        for (file, words, line) in cases {
            let signers = try AllowedSigners(text: file, file: "allowed_signers")
            let error = #expect(throws: PluginError.self) {
                try signers.principals(for: key, plugin: Self.plugin, at: date)
            }
            #expect(error?.code == .untrusted)
            #expect(error?.line == line)
            for word in words { #expect(error?.description.contains(word) == true, "\(String(describing: error))") }
        }
    }
}
