import Foundation
import PlumblineTestSupport

/// A web server that shows a registry's folder and misbehaves as the first step of the path says: `/drip/index/...`.
final class OddServer: PythonServer {
    /// Serves a folder on a free port; by TLS where there is a certificate.
    init(_ folder: URL, certificate: URL? = nil) throws {
        try super.init(
            ["-c", Self.script, folder.path, certificate?.path ?? ""], scheme: certificate == nil ? "http" : "https")
    }

    /// The registry that misbehaves so.
    func registry(_ behaviour: String) -> String { "\(address)/\(behaviour)" }

    /// Waits until somebody asks the registry `held` for an archive, which waits for ``letGo()``.
    func waitForHeld() throws {
        guard try line() == "held\n" else { throw TwoHubs.Refused(description: "the server ended") }
    }

    /// Lets everybody have what they asked `held` for.
    func letGo() throws { try tell("go") }

    private static let script = #"""
        import gzip, os, socketserver, ssl, sys, threading, time
        root, certificate = sys.argv[1:]
        go = threading.Event()
        cut = set()

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                request = self.rfile.readline().decode("latin-1").split()
                if len(request) < 2: return
                while self.rfile.readline() not in (b"\r\n", b"\n", b""): pass
                behaviour, _, path = request[1].lstrip("/").partition("/")
                try: getattr(self, behaviour)(path)
                except (BrokenPipeError, ConnectionResetError): pass

            def head(self, status, *headers):
                self.wfile.write("\r\n".join(["HTTP/1.1 " + status, "Connection: close", *headers, "", ""]).encode())

            def body(self, content, *headers, length=None):
                self.head("200 OK", f"Content-Length: {len(content) if length is None else length}", *headers)
                self.wfile.write(content)

            def to(self, place): self.head("302 Found", "Location: " + place, "Content-Length: 0")

            def file(self, path):
                try: return open(os.path.join(root, path), "rb").read()
                except OSError: return None

            def good(self, path):
                content = self.file(path)
                if content is None: self.head("404 Not Found", "Content-Length: 0")
                else: self.body(content)

            def silent(self, path): self.rfile.read(1)

            def drip(self, path):
                self.head("200 OK", "Content-Length: 1000")
                while True:
                    self.wfile.write(b"x")
                    time.sleep(1)

            def garbage(self, path): self.wfile.write(bytes(range(128, 256)) * 100)
            def html(self, path): self.body(b"<!DOCTYPE html>\n<title>Welcome to our hotspot</title>\n")
            def once(self, path):
                if not go.is_set(): return self.good(path)
                with open(root + ".asked", "a") as asked: asked.write(path + "\n")
                self.silent(path)

            def empty(self, path): self.wfile.write(b"")
            def error(self, path): self.head("500 Internal Server Error", "Content-Length: 0")
            def away(self, path): self.to("/good/" + path)
            def local(self, path): self.to("file:///etc/passwd")
            def folder(self, path): self.to("file://" + os.path.join(root, path))
            def localhost(self, path): self.to("file://localhost" + os.path.join(root, path))
            def circle(self, path): self.to("/circle/" + path)
            def chain(self, path): self.to("/chain/x" + path)

            def endless(self, path):
                self.head("200 OK")
                while True: self.wfile.write(b"x" * 65536)

            def burst(self, path):
                self.body(gzip.compress(bytes(20 << 20), 1), "Content-Encoding: gzip")

            def headers(self, path):
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                while True: self.wfile.write(b"X-More: " + b"x" * 1000 + b"\r\n")

            def cut(self, path):
                content = self.file(path)
                if not path.startswith("packages") or path in cut: return self.body(content)
                cut.add(path)
                self.body(content[:len(content) // 2], length=len(content))

            def short(self, path):
                content = self.file(path)
                self.body(content[:len(content) // 2] if path.startswith("packages") else content)

            def held(self, path):
                if path.startswith("packages"):
                    print("held", flush=True)
                    go.wait()
                self.good(path)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
            def handle_error(self, request, address): pass

        with Server(("127.0.0.1", 0), Handler) as server:
            if certificate:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(certificate)
                server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
            print("port", server.server_address[1], flush=True)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            for line in sys.stdin:
                go.set()
        """#
}
