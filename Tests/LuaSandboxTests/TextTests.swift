import LuaSandbox
import Testing

/// `tostring`, `print` and `string.format` never show an address.
struct TextTests {
    @Test(arguments: [
        ("{}", "table"), ("print", "function"), ("function() end", "function"), ("box()", "box"), ("nil", "nil"),
        ("true", "true"), ("12", "12"), ("12.0", "12.0"), ("1e100", "1e+100"), ("-0.0", "-0.0"), ("1/0", "inf"),
        ("'text'", "text"), ("0.1", "0.1"), ("1/3", "0.33333333333333"), ("2^53", "9.007199254741e+15"),
        ("math.maxinteger", "9223372036854775807"), ("_G", "table"), ("string", "table"),
        ("setmetatable({}, { __name = 'secret' })", "table"),
        ("setmetatable({}, { __tostring = function() return 'shown' end })", "shown"),
        ("setmetatable({}, { __tostring = function() return 12 end })", "12"),
    ])
    func textsOfValues(expression: String, text: String) throws {
        #expect(try value(of: "return tostring(\(expression))") == .string(text))
        #expect(try value(of: "return string.format('%s', \(expression))") == .string(text))
        #expect(try value(of: "return ('%5.3s|'):format(\(expression))").asString?.hasSuffix("|") == true)
        #expect(try run("print(\(expression))").log == text + "\n")
    }

    @Test func aTextMustBeAText() throws {
        for call in ["tostring(t)", "print(t)", "string.format('%s', t)"] {
            let failure = try failure(
                of: "local t = setmetatable({}, { __tostring = function() return {} end }) \(call)")
            #expect(failure.message.contains("'__tostring' must return a string"))
        }
    }

    @Test(arguments: ["%p", "%5p", "%-20p", "%s %p", "%%%p", "%d%p%d"])
    func addressesAreRefused(format: String) throws {
        let failure = try failure(of: "return string.format('\(format)', 1, {}, {})")
        #expect(failure.message.contains("it would show an address"))
        #expect(try value(of: "return pcall(('\(format)').format, '\(format)', 1, {})") == false)
    }

    @Test func percentSignsAreNoAddresses() throws {
        #expect(try value(of: "return string.format('100%%p')") == "100%p")
        #expect(try value(of: "return string.format('%%%%p %d', 3)") == "%%p 3")
    }

    @Test(arguments: [
        "string.format('%y', 1)", "string.format('%', 1)", "string.format('%d', 1.5)", "string.format('%d')",
        "string.format('%s')", "string.format('%0123d', 1)", "string.format('%q', {})", "string.format()",
        "string.format('%d', {})", "string.format('%c', 'x')", "string.format('%.500f', 1)",
    ])
    func wrongFormatsAreErrors(call: String) throws {
        let failure = try failure(of: "return \(call)")
        #expect(failure.code == .luaError)
        #expect(failure.line == 1)
    }

    /// Messages of errors name values by their type and their name in the source.
    @Test(arguments: [
        "error({})", "error(print)", "error(box())", "local t = {} return t .. 'x'", "return {} + 1", "return {} < {}",
        "return #print", "return print()()", "local t = {} t[nil] = 1", "return box() < box()", "return box() .. 'x'",
        "return ('x'):rep({})", "return math.floor({})", "return select({})", "return setmetatable(1, {})",
        "return ipairs()", "return box()()", "box().x = 1", "return tonumber({}, 10)",
    ])
    func messagesShowNoAddress(body: String) throws {
        let first = try failure(of: body)
        #expect(!first.message.contains("0x"), "\(first.message)")
        #expect(try failure(of: body) == first, "the same words on every run")
    }

    @Test func anErrorValueIsNamedByItsType() throws {
        #expect(try failure(of: "error({})").message == "the script raised an error value of type table")
        #expect(try failure(of: "error()").message == "the script raised an error value of type nil")
        #expect(try failure(of: "error(1.5)").message == "error value 1.5")
        #expect(try failure(of: "error('x', 0)").message == "x")
        // `__tostring` is a function of the script: it is not asked when the script has failed.
        let quiet = "error(setmetatable({}, { __tostring = function() while true do end end }))"
        #expect(try failure(of: quiet).message == "the script raised an error value of type table")
    }

    @Test func longMessagesAreCut() throws {
        let message = try failure(of: "error(('x'):rep(100000), 0)").message
        #expect(message.utf8.count == 2047)
    }
}
