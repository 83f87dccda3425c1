"""Measures the scripts' library against the system's Lua, function by function: processor time of whole processes.

Run it with `make bench-library`; name cases to measure only those. With `--json` it prints one object, for the rows of
`make bench`. The system's interpreter is linked with Lua's code;
the sandbox calls the shared library, as every host does, so a few nanoseconds of each call are the linker's. Loops
without calls are held against 1.05, functions against 1.5, ordered `pairs` over string keys against nothing.
"""

import json
import os
import pathlib
import resource
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

# A list of a thousand numbers, and a copy of it.
NUMBERS = "local t0={} local x=1 for i=1,1000 do x=x*1103515245+12345&0x7fffffff t0[i]=%s end "
NUMBERS += "local sort,move=table.sort,table.move "
COPY = "local t=move(t0,1,1000,1,{}) "

# Name: what comes before the loop, what is measured, turns.
CASES = {
    "rep": ('local r=string.rep', "r('abc',10)", 300000),
    "rep_big": ('local r=string.rep', "r('x',100000)", 3000),
    "sub": ("local s,f=('hello world'):rep(3),string.sub", 'f(s,3,9)', 2000000),
    "sub_method": ("local s=('hello world'):rep(3)", 's:sub(3,9)', 2000000),
    "byte": ("local s,f='hello',string.byte", 'f(s,2)', 3000000),
    "char": ('local f=string.char', 'f(72,101,108,108)', 1000000),
    "upper": ("local s=('Hello World'):rep(3)", 's:upper()', 1000000),
    "lower_big": ("local s=('Hello World'):rep(3000)", 's:lower()', 3000),
    "reverse": ("local s=('Hello World'):rep(3)", 's:reverse()', 1000000),
    "len": ("local s=('Hello World'):rep(3) local f=string.len", 'f(s)', 3000000),
    "find_plain": ("local s=('lorem ipsum dolor '):rep(20)..'needle'", "s:find('needle',1,true)", 500000),
    "find_plain_big": ("local s=('lorem ipsum dolor '):rep(20000)..'needle'", "s:find('needle',1,true)", 3000),
    "find_short": ("local s='key=value'", "s:find('=',1,true)", 2000000),
    "find_pat": ("local s=('lorem ipsum dolor '):rep(20)..'12'", "s:find('%d+')", 300000),
    "match_kv": ("local s='key = value'", "s:match('^(%w+)%s*=%s*(%w+)$')", 400000),
    "match_num": ("local s='12345'", "s:match('^%d+$')", 1000000),
    "match_trim": ("local s='   some text here   '", "s:match('^%s*(.-)%s*$')", 400000),
    "match_date": ("local s='2025-09-01'", "s:match('(%d+)-(%d+)-(%d+)')", 400000),
    "match_set": ("local s='some_name_123 x'", "s:match('^[%w_]+')", 800000),
    "match_set2": ("local s='  some_name_123 x'", "s:match('[A-Za-z_][A-Za-z0-9_]*')", 600000),
    "gmatch_words": ("local s=('lorem ipsum dolor '):rep(20)", "for w in s:gmatch('%a+') do end", 20000),
    "gmatch_split": ("local s=('a,bc,def,'):rep(20)", "for w in s:gmatch('([^,]*),') do end", 20000),
    "gsub_str": ("local s=('lorem ipsum dolor '):rep(20)", "s:gsub('o','0')", 50000),
    "gsub_cap": ("local s=('lorem ipsum dolor '):rep(20)", "s:gsub('(%w+)','<%1>')", 20000),
    "gsub_fn": ("local s=('lorem ipsum dolor '):rep(20) local f=function(w) return w end", "s:gsub('%w+',f)", 20000),
    "gsub_tab": ("local s=('lorem ipsum dolor '):rep(20) local t={lorem='L'}", "s:gsub('%w+',t)", 20000),
    "gsub_none": ("local s='short'", "s:gsub('%d','')", 1000000),
    "gsub_trim": ("local s='  short '", "(s:gsub('^%s+',''))", 1000000),
    "gsub_big": ("local s=('lorem ipsum dolor '):rep(5000)", "s:gsub('%s+',' ')", 600),
    "format_d": ('local f=string.format', "f('%d',12345)", 1000000),
    "format_f": ('local f=string.format', "f('%.2f',3.14159)", 500000),
    "format_s": ('local f=string.format', "f('%s-%s','abc','def')", 800000),
    "format_mix": ('local f=string.format', "f('%5d %-10s %.3f',42,'name',2.5)", 400000),
    "format_q": ('local f=string.format', 'f(\'%q\',\'hello "world"\\n\')', 400000),
    "format_g": ('local f=string.format', "f('%.14g',0.1)", 400000),
    "pack": ('local f=string.pack', "f('<i4d',1,2.5)", 600000),
    "unpack": ("local f,s=string.unpack,string.pack('<i4d',1,2.5)", "f('<i4d',s)", 800000),
    "packsize": ('local f=string.packsize', "f('<i4d')", 2000000),
    "t_insert": ('local f=table.insert local t={}', 'f(t,1) if #t>1000 then t={} end', 2000000),
    "t_insert_mid": ('local f=table.insert local t={} for i=1,100 do t[i]=i end', 'f(t,50,1) t[101]=nil', 100000),
    "t_remove": ('local add,r=table.insert,table.remove local t={1}', 'add(t,1) r(t)', 1000000),
    "t_remove1": (
        'local r,i=table.remove,table.insert local t={} for i=1,100 do t[i]=i end',
        'r(t,1) t[100]=1', 100000,
    ),
    "t_concat": ("local t={} for i=1,100 do t[i]='item'..i end", "table.concat(t,',')", 50000),
    "t_concat_num": ('local t={} for i=1,100 do t[i]=i end', "table.concat(t,',')", 20000),
    "t_unpack": ('local t={1,2,3,4,5} local f=table.unpack', 'f(t)', 2000000),
    "t_pack": ('local f=table.pack', 'f(1,2,3,4)', 1000000),
    "t_move": ('local t={} for i=1,100 do t[i]=i end local f=table.move', 'f(t,1,100,1,{})', 30000),
    "sort_int": (NUMBERS % "x", COPY + "sort(t)", 3000),
    "sort_flt": (NUMBERS % "x/7", COPY + "sort(t)", 3000),
    "sort_str": (NUMBERS % "'k'..x", COPY + "sort(t)", 3000),
    "sort_cmp": (NUMBERS % "x" + "local f=function(a,b) return a<b end", COPY + "sort(t,f)", 2000),
    "sort_small": ('local sort=table.sort', 'sort({5,2,8,1,9})', 300000),
    "sort_small_cmp": ('local sort=table.sort local f=function(a,b) return a>b end', 'sort({5,2,8,1,9},f)', 200000),
    "sort_mixed": ('local sort=table.sort', 'sort({5,2.5,8,1.5,9,3,7.25,1})', 200000),
    "u_char": ('local f=utf8.char', 'f(72,233,26085)', 1000000),
    "u_len": ("local s=('héllo 日本 '):rep(10)", 'utf8.len(s)', 500000),
    "u_codepoint": ("local s='héllo' local f=utf8.codepoint", 'f(s,1,-1)', 1000000),
    "u_codes": ("local s=('héllo 日本 '):rep(10)", 'for p,c in utf8.codes(s) do end', 20000),
    "u_offset": ("local s=('héllo 日本 '):rep(10)", 'utf8.offset(s,50)', 500000),
    "tostring_i": ('local f=tostring', 'f(12345)', 2000000),
    "tostring_f": ('local f=tostring', 'f(1.5)', 500000),
    "tostring_s": ('local f=tostring', "f('x')", 3000000),
    "tonumber_s": ('local f=tonumber', "f('12345')", 2000000),
    "tonumber_f": ('local f=tonumber', "f('1.5')", 1000000),
    "tonumber_b": ('local f=tonumber', "f('ff',16)", 2000000),
    "pairs_arr": ('local t={} for i=1,100 do t[i]=i end', 'for k,v in pairs(t) do end', 50000),
    "pairs_arr_small": ('local t={1,2,3}', 'for k,v in pairs(t) do end', 800000),
    "pairs_str": ("local t={} for i=1,100 do t['k'..i]=i end", 'for k,v in pairs(t) do end', 20000),
    "pairs_str5": ('local t={a=1,b=2,c=3,d=4,e=5}', 'for k,v in pairs(t) do end', 200000),
    "ipairs": ('local t={} for i=1,100 do t[i]=i end', 'for k,v in ipairs(t) do end', 50000),
    "next_loop": ('local t={} for i=1,100 do t[i]=i end', 'for k,v in next,t do end', 50000),
    "next_empty": ('local t={1}', 'next(t)', 2000000),
    "select_n": ('local f=select', "f('#',1,2,3)", 3000000),
    "select_2": ('local f=select', 'f(2,1,2,3)', 3000000),
    "pcall": ('local f=pcall local g=function() end', 'f(g)', 2000000),
    "pcall_err": ("local f=pcall local g=function() error('x',0) end", 'f(g)', 500000),
    "xpcall": ('local f=xpcall local g=function() end', 'f(g,g)', 1500000),
    "assert": ('local f=assert', 'f(true)', 3000000),
    "type": ('local f=type', 'f(1)', 3000000),
    "setmt": ('local f=setmetatable local m={__index={}}', 'f({},m)', 1000000),
    "setmt_class": (
        'local f=setmetatable local B={} B.__index=B local D=f({},{__index=B}) D.__index=D function D.a() end function D.b() end',
        'f({},D)', 1000000,
    ),
    "getmt": ('local f=getmetatable local t=setmetatable({},{})', 'f(t)', 3000000),
    "rawget": ('local f=rawget local t={1}', 'f(t,1)', 3000000),
    "rawset": ('local f=rawset local t={1}', 'f(t,1,2)', 3000000),
    "rawlen": ('local f=rawlen local t={1}', 'f(t)', 3000000),
    "rawequal": ('local f=rawequal local t={1}', 'f(t,t)', 3000000),
    "str_arith": ("local s='10'", 'local x=s+1', 2000000),
    "loop": ('local x=0', 'x=x+i%7*2', 20000000),
    "loop_tab": ('local t={} for i=1,100 do t[i]=i end', 't[i%100+1]=t[(i+1)%100+1]+1', 5000000),
    "loop_call": ('local function f(a) return a+1 end', 'f(i)', 5000000),
    "math_call": ('', 'local x=math.floor(i/2)', 3000000),
    "loop_field": ('local t={a=1,b={c=2}}', 't.a=t.a+t.b.c', 10000000),
    "text_concat": ('', "local s='a'..i", 2000000),
    "closures": ('', 'local f=function() return i end', 3000000),
    "oop": (
        'local C={} C.__index=C function C:inc() self.n=self.n+1 end local o=setmetatable({n=0},C)',
        'o:inc()', 5000000,
    ),
}


def build(folder):
    """The library and a main program of its own, as a release build has it."""
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "lua5.4"], capture_output=True, text=True, check=True)
    sources = [ROOT / "Tests/Fuzz/Library/run_script.c", *(ROOT / "Sources/CLuaShims").glob("*.c")]
    sources += (ROOT / "Sources/CLuaLibrary").glob("*.c")
    includes = ["Sources/CLuaShims/include", "Sources/CLuaLibrary/include", "Sources/CLuaLibrary"]
    command = [os.environ.get("CC", "clang"), "-O2", *(f"-I{ROOT / path}" for path in includes), *sources]
    subprocess.run([*command, *shlex.split(flags.stdout), "-lm", "-o", folder / "run"], check=True)
    return folder / "run"


def seconds(command, turns=5):
    """The least processor time of some runs."""
    least = float("inf")
    for _ in range(turns):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        least = min(least, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    return least


def goal(name):
    if name.startswith("loop"):
        return 1.05
    return None if name.startswith("pairs_str") else 1.5


def figures(cases):
    """Each case with the nanoseconds of a turn in the system's Lua and in ours."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run, script = build(folder), folder / "script.lua"
        for case in cases:
            before, body, count = CASES[case]
            call = f"local _ = {body}" if body.startswith("(") else body
            script.write_text(f"{before}\nfor i = 1, {count * 2} do {call} end\n")
            scale = 1e9 / (count * 2)
            yield case, max(seconds(["lua5.4", script]), 1e-4) * scale, seconds([run, script]) * scale


def main():
    cases = [word for word in sys.argv[1:] if word != "--json"] or list(CASES)
    if "--json" in sys.argv:
        print(json.dumps({case: [stock, ours] for case, stock, ours in figures(cases)}))
        return
    missed = 0
    for case, stock, ours in figures(cases):
        limit = goal(case)
        verdict = "exempt" if limit is None else "met" if ours / stock <= limit else "MISSED"
        missed += verdict == "MISSED"
        print(f"{case:<16} {stock:10.1f} ns  {ours:10.1f} ns  {ours / stock:5.2f}  {verdict}", flush=True)
    print(f"{missed} of {len(cases)} goals missed")


if __name__ == "__main__":
    main()
