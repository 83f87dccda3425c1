/// A script for Python that writes archives which nobody should accept: `NAME.tar.gz` into a folder, made of the files below
/// another.
public enum HostileArchives {
    /// Each archive with the words by which it must be refused.
    public static let expectations: [(name: String, reason: String)] = [
        ("compressed", "is compressed"), ("bomb", "is compressed"), ("zlib", "not what packing its files gives"),
        ("small-blocks", "not what packing its files gives"), ("gzip-name", "carries a file name"),
        ("gzip-time", "carries a time"), ("gzip-method", "of an unknown kind"), ("gzip-crc", "checksum is wrong"),
        ("gzip-members", "bytes behind its end"), ("behind", "bytes behind its end: 3"),
        ("cut-in-header", "cut off"), ("cut-in-block", "cut off"), ("cut-in-trailer", "cut off"),
        ("empty", "no gzip file"),
        ("garbage", "no gzip file"), ("huge", "it may have 5,242,880"),
        ("no-tar", "no tar file in the format of POSIX"), ("tar-empty", "cut off within its tar file"),
        ("tar-cut", "is cut off"), ("tar-one-zero-block", "no proper end"),
        ("tar-padded", "behind the end of its tar file"),
        ("tar-behind", "behind the end of its tar file"),
        ("tar-checksum", "the checksum of `README.md` in its tar file"),
        ("tar-gnu", "tar format of GNU"), ("tar-v7", "no tar file in the format of POSIX"),
        ("parent", "`../evil.lua`, whose `..` leads out"), ("parent-inside", "`modules/../../evil.lua`, whose `..`"),
        ("absolute", "`/etc/cron.d/evil`, an absolute path"), ("dot", "a step that is empty or `.`"),
        ("double-slash", "a step that is empty or `.`"), ("backslash", "letters A to Z"),
        ("not-ascii", "letters A to Z"),
        ("not-utf8", "no text in UTF-8"), ("escape", "`Measures/\\u{1b}[2J.lua`"),
        ("symbolic-link", "which is a symbolic link"), ("hard-link", "which is a hard link"),
        ("character-device", "which is a character device"), ("block-device", "which is a block device"),
        ("pipe", "which is a named pipe"), ("folder", "which is a folder"), ("contiguous", "in one piece"),
        ("pax", "an extended header (pax)"), ("pax-global", "for all files (pax)"), ("gnu-long-name", "(a long name)"),
        ("gnu-sparse", "(a sparse file)"), ("prefix", "longer than 100"),
        ("twice", "holds `modules/items.lua`, twice"), ("case", "only in upper and lower case"),
        ("case-of-folder", "only in upper and lower case"), ("file-and-folder", "a file and a folder at once"),
        ("apple-double", "`modules/._items.lua`, which is hidden"), ("ds-store", "`.DS_Store`, which is hidden"),
        ("thumbs", "`Thumbs.db`, which is hidden"), ("backup", "`README.md~`, which is hidden"),
        ("out-of-place", "`data/pupils.csv`, but a package has only"),
        ("claims-10-gb", "10,737,418,240 bytes: it may have"),
        ("claims-octal", "8,589,934,591 bytes: it may have"), ("claims-all", "bytes: it may have"),
        ("negative-size", "whose size is no number"), ("size-of-letters", "whose size is no number"),
        ("claims-more", "whose end is cut off"), ("large-script", "65,537 bytes: it may have 65,536"),
        ("large-text", "262,145 bytes: it may have 262,144"), ("many", "more than 512 files"),
        ("much", "together may have"),
        ("sums-missing", "has no `SHA256SUMS`"),
        ("sums-wrong", "`modules/items.lua`, which is not what its `SHA256SUMS`"),
        ("sums-lacks", "`modules/items.lua`, which is not in its `SHA256SUMS`"),
        ("sums-more", "lacks `modules/more.lua`"), ("sums-order", "not written as `sha256sum` writes it"),
        ("mode", "whose mode"), ("owner", "whose owner"), ("group", "whose group"), ("time", "whose time"),
        ("owner-name", "whose owner's name"), ("link-target", "whose target"), ("kind-nul", "whose kind"),
        ("unsorted", "not what packing its files gives"), ("filled-block", "not what packing its files gives"),
        ("no-readme", "no `README.md`"), ("no-manifest", "no `plugin.yaml`"), ("no-script", "neither a measure"),
        ("nul", "which has a NUL"), ("latin-1", "no text in UTF-8"),
    ]

    /// The script; its arguments are the folder of files and the folder for the archives.
    public static let script = #"""
        import gzip, hashlib, io, os, struct, sys, tarfile, zlib
        source, target = sys.argv[1:]
        files = {}
        for folder, _, names in os.walk(source):
            for name in names:
                path = os.path.join(folder, name)
                files[os.path.relpath(path, source)] = open(path, "rb").read()

        def stored(data, size=65535):
            out = bytes([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
            blocks = [data[at:at + size] for at in range(0, len(data), size)] or [b""]
            for index, block in enumerate(blocks):
                last = index == len(blocks) - 1
                out += bytes([last]) + struct.pack("<HH", len(block), len(block) ^ 0xffff) + block
            return out + struct.pack("<II", zlib.crc32(data), len(data))

        def sums(files):
            return "".join(f"{hashlib.sha256(files[p]).hexdigest()}  {p}\n" for p in sorted(files)).encode()

        def entry(path, content=b"", **fields):
            info = tarfile.TarInfo(path)
            info.size, info.mode = len(content), 0o644
            for key, value in fields.items():
                setattr(info, key, value)
            header = bytearray(info.tobuf(tarfile.USTAR_FORMAT, "utf-8", "surrogateescape"))
            header[329:345] = b"0000000\0" * 2
            return seal(header) + content + b"\0" * (-len(content) % 512)

        def seal(header):
            header = bytearray(header)
            header[148:156] = b" " * 8
            header[148:156] = b"%06o\0 " % sum(header)
            return bytes(header)

        def patched(path, content, changes):
            block = entry(path, content)
            header = bytearray(block[:512])
            for at, value in changes.items():
                header[at:at + len(value)] = value
            return seal(header) + block[512:]

        END = b"\0" * 1024

        def all_of(files, with_sums=True, checksums=None):
            files = dict(files)
            if with_sums:
                files["SHA256SUMS"] = sums(files) if checksums is None else checksums
            return [(path, entry(path, files[path])) for path in sorted(files)]

        def tar(entries):
            return b"".join(block for _, block in entries) + END

        def write(name, data):
            open(os.path.join(target, name + ".tar.gz"), "wb").write(data)

        def with_files(name, **more):
            write(name, stored(tar(all_of(more["files"]))))

        def with_entry(name, path, block, keep=True):
            entries = all_of(files)
            if not keep:
                entries = [e for e in entries if e[0] != path]
            write(name, stored(tar(sorted(entries + [(path, block)], key=lambda e: e[0].encode("utf-8", "surrogateescape")))))

        good = tar(all_of(files))
        archive = stored(good)
        write("good", archive)

        # The gzip file
        write("compressed", gzip.compress(good, 9, mtime=0))
        write("bomb", gzip.compress(b"\0" * 50_000_000, 9, mtime=0))
        write("zlib", gzip.compress(good, 0, mtime=0))
        write("small-blocks", stored(good, 1000))
        buffer = io.BytesIO()
        with gzip.GzipFile("plugin.tar", "wb", 0, buffer, mtime=0) as file: file.write(good)
        write("gzip-name", buffer.getvalue())
        write("gzip-time", gzip.compress(good, 0, mtime=1))
        write("gzip-method", archive[:2] + b"\7" + archive[3:])
        write("gzip-crc", archive[:-8] + b"\0\0\0\0" + archive[-4:])
        write("gzip-members", archive + archive)
        write("behind", archive + b"end")
        write("cut-in-header", archive[:6])
        write("cut-in-block", archive[:1000])
        write("cut-in-trailer", archive[:-3])
        write("empty", b"")
        write("garbage", b"PK\3\4 not this")
        write("huge", archive + b"\0" * (5 << 20))

        # The tar file
        write("no-tar", stored(b"not a tar file".ljust(2048, b"!")))
        write("tar-empty", stored(b""))
        write("tar-cut", stored(good[:700]))
        write("tar-one-zero-block", stored(good[:-512]))
        write("tar-padded", stored(good.ljust(10240, b"\0")))
        write("tar-behind", stored(good + b"x" * 512))
        at = good.index(b"README.md")
        write("tar-checksum", stored(good[:at + 100] + b"1" + good[at + 101:]))
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as file:
            info = tarfile.TarInfo("README.md"); info.size = 1; file.addfile(info, io.BytesIO(b"x"))
        write("tar-gnu", stored(buffer.getvalue()))
        write("tar-v7", stored(patched("README.md", b"x", {257: b"\0" * 8}) + END))

        # Paths
        for name, path in [("parent", "../evil.lua"), ("parent-inside", "modules/../../evil.lua"),
                ("absolute", "/etc/cron.d/evil"), ("dot", "./Measures/a.lua"), ("double-slash", "Measures//a.lua"),
                ("backslash", "Measures\\a.lua"), ("not-ascii", "Measures/\u00e4.lua"), ("not-utf8", "Measures/\udcff.lua"),
                ("escape", "Measures/\x1b[2J.lua"), ("prefix", "Measures/" + "a" * 90 + "/" + "b" * 90 + ".lua"),
                ("apple-double", "modules/._items.lua"), ("ds-store", ".DS_Store"), ("thumbs", "Thumbs.db"),
                ("backup", "README.md~"), ("out-of-place", "data/pupils.csv")]:
            with_entry(name, path, entry(path, b"x"))
        with_entry("twice", "modules/items.lua", entry("modules/items.lua", b"return {}\n"))
        with_files("case", files=files | {"Measures/Trust.lua": b""})
        with_files("case-of-folder", files=files | {"Measures/Team/x.lua": b""})
        with_files("file-and-folder", files=files | {"Measures/trust.lua/x.lua": b""})

        # Kinds
        for name, kind in [("symbolic-link", tarfile.SYMTYPE), ("hard-link", tarfile.LNKTYPE),
                ("character-device", tarfile.CHRTYPE), ("block-device", tarfile.BLKTYPE), ("pipe", tarfile.FIFOTYPE),
                ("folder", tarfile.DIRTYPE), ("contiguous", tarfile.CONTTYPE), ("gnu-long-name", b"L"),
                ("gnu-sparse", b"S")]:
            with_entry(name, "modules/x.lua", entry("modules/x.lua", type=kind, linkname="/etc/passwd"))
        for name, headers in [("pax", {}), ("pax-global", {"comment": "x"})]:
            buffer = io.BytesIO()
            with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT, pax_headers=headers) as file:
                info = tarfile.TarInfo("modules/" + "\u00e4" * 5 + ".lua"); file.addfile(info)
            write(name, stored(buffer.getvalue()))

        # Sizes
        ten = (10 << 30).to_bytes(11, "big")
        changes = [("claims-10-gb", b"\x80" + ten), ("claims-octal", b"77777777777\0"), ("claims-all", b"\x80" + b"\xff" * 11),
            ("negative-size", b"\xff" * 12), ("size-of-letters", b"one hundred\0"), ("claims-more", b"00000177777\0")]
        for name, size in changes:
            write(name, stored(patched("README.md", b"x", {124: size}) + END))
        with_files("large-script", files=files | {"Measures/x.lua": b"x" * 65537})
        with_files("large-text", files=files | {"LICENSE": b"x" * 262145})
        with_files("many", files=files | {f"Measures/m{i}.lua": b"" for i in range(512)})
        with_files("much", files=files | {f"Measures/m{i}.lua": b"x" * 65536 for i in range(64)})

        # Checksums
        write("sums-missing", stored(tar(all_of(files, with_sums=False))))
        write("sums-wrong", stored(tar(all_of(files | {"modules/items.lua": b"return os\n"}, checksums=sums(files)))))
        lacking = {path: content for path, content in files.items() if path != "modules/items.lua"}
        write("sums-lacks", stored(tar(all_of(files, checksums=sums(lacking)))))
        write("sums-more", stored(tar(all_of(files, checksums=sums(files | {"modules/more.lua": b""})))))
        backwards = b"".join(sorted(sums(files).splitlines(True), key=lambda line: line[66:], reverse=True))
        write("sums-order", stored(tar(all_of(files, checksums=backwards))))

        # Fields
        content = files["README.md"]
        for name, at, value in [("mode", 100, b"0000755\0"), ("owner", 108, b"0001750\0"), ("group", 116, b"0001750\0"),
                ("time", 136, b"15000000000\0"), ("owner-name", 265, b"root\0"), ("link-target", 157, b"x"), ("kind-nul", 156, b"\0")]:
            with_entry(name, "README.md", patched("README.md", content, {at: value}), keep=False)
        write("unsorted", stored(tar(list(reversed(all_of(files))))))
        block = bytearray(entry("README.md", content)); block[-1] = 1
        with_entry("filled-block", "README.md", bytes(block), keep=False)

        # Content
        without = lambda gone: {path: content for path, content in files.items() if not gone(path)}
        with_files("no-readme", files=without(lambda path: path == "README.md"))
        with_files("no-manifest", files=without(lambda path: path == "plugin.yaml"))
        with_files("no-script", files=without(lambda path: path.endswith(".lua")))
        with_files("nul", files=files | {"LICENSE": b"a\0b"})
        with_files("latin-1", files=files | {"LICENSE": b"caf\xe9"})
        """#
}
