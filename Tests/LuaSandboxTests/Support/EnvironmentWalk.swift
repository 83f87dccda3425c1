import CLua
import CLuaLibrary

/// Everything that a script can reach without running anything: tables, their metatables, their functions, by path.
///
/// Asked of Lua's own interface, behind every `__metatable` and `__index`. Only functions that cannot raise are called;
/// opening the libraries could, for want of memory, and then the test process ends.
@safe final class EnvironmentWalk {
    private let state: OpaquePointer
    private var seen: Set<UInt> = []
    /// Paths of functions, such as `string.rep`.
    private(set) var functions: [String: UInt] = [:]
    /// Paths of everything else that is no table.
    private(set) var values: Set<String> = []

    private static let registry = -1_000_000 - 1000  // LUA_REGISTRYINDEX

    /// Room for what the library notes in the sandbox that a state belongs to, which Lua keeps a pointer to before the state.
    private let sandbox: UnsafeMutableRawPointer
    private static let sandboxSize = 1 << 16

    init() throws {
        guard let opened = unsafe luaL_newstate() else { throw OutOfMemory() }
        unsafe state = opened
        unsafe sandbox = .allocate(byteCount: Self.sandboxSize, alignment: 64)
        unsafe sandbox.initializeMemory(as: UInt8.self, repeating: 0, count: Self.sandboxSize)
        let extraSpace = unsafe UnsafeMutableRawPointer(opened) - MemoryLayout<UnsafeMutableRawPointer>.size
        unsafe extraSpace.storeBytes(of: sandbox, as: UnsafeMutableRawPointer.self)
    }

    struct OutOfMemory: Error {}

    deinit {
        unsafe lua_close(state)
        unsafe sandbox.deallocate()
    }

    /// Walks a new environment as a measure file gets it (without the functions of a host).
    static func ofScripts() throws -> EnvironmentWalk {
        let walk = try EnvironmentWalk()
        let L = unsafe walk.state
        _ = unsafe pl_library_open(UnsafeMutableRawPointer(L))
        unsafe lua_getfield(L, Int32(registry), "plumbline.environment")
        unsafe lua_pushvalue(L, -2)
        unsafe lua_callk(L, 1, 1, 0, nil)
        walk.visit("_G")
        unsafe lua_pushstring(L, "")
        if unsafe lua_getmetatable(L, -1) != 0 { walk.visit("(string metatable)") }
        return walk
    }

    /// Walks everything that the stock libraries offer.
    static func ofStockLua() throws -> EnvironmentWalk {
        let walk = try EnvironmentWalk()
        let L = unsafe walk.state
        unsafe luaL_openlibs(L)
        unsafe lua_rawgeti(L, Int32(registry), 2)  // LUA_RIDX_GLOBALS
        walk.visit("_G")
        return walk
    }

    /// Visits the value on top of the stack and pops it.
    private func visit(_ path: String) {
        let L = unsafe state
        defer { unsafe lua_settop(L, -2) }
        switch unsafe lua_type(L, -1) {
        case LUA_TTABLE: visitTable(path)
        case LUA_TFUNCTION:
            functions[path] =
                unsafe lua_tocfunction(L, -1).map { unsafe UInt(bitPattern: unsafeBitCast($0, to: Int.self)) } ?? 0
        default: values.insert(path)
        }
    }

    private func visitTable(_ path: String) {
        let L = unsafe state
        guard seen.insert(unsafe UInt(bitPattern: lua_topointer(L, -1))).inserted else { return }
        if unsafe lua_getmetatable(L, -1) != 0 { visit(path + "(metatable)") }
        unsafe lua_pushnil(L)
        while unsafe lua_next(L, -2) != 0 {
            let isText = unsafe lua_type(L, -2) == LUA_TSTRING
            let key = isText ? unsafe lua_tolstring(L, -2, nil).map { unsafe String(cString: $0) } ?? "?" : "?"
            visit("\(path).\(key)")
        }
    }
}
