"""Certificates for tests: an authority of their own, and servers signed by it (needs the openssl program).

    with Certificates() as c:
        context.load_cert_chain(*c.issue("localhost"))     # clients trust c.ca
"""
import os
import shutil
import subprocess
import tempfile


class Certificates:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="certificates-")
        self.ca, self._ca_key = self._path("ca.pem"), self._path("ca.key")
        self._openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                      "-keyout", self._ca_key, "-out", self.ca, "-days", "2", "-subj", "/CN=Test authority")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def issue(self, name, days=2):
        """Paths of a certificate for `name` and of its key."""
        certificate, key, request = (self._path(name + end) for end in (".pem", ".key", ".csr"))
        extensions = self._path(name + ".ext")
        with open(extensions, "w", encoding="ascii") as file:
            file.write(f"subjectAltName=DNS:{name}\n")
        self._openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
                      "-out", request, "-subj", f"/CN={name}")
        self._openssl("x509", "-req", "-in", request, "-CA", self.ca, "-CAkey", self._ca_key, "-CAcreateserial",
                      "-out", certificate, "-days", str(days), "-extfile", extensions)
        return certificate, key

    def _path(self, name):
        return os.path.join(self.folder, name)

    @staticmethod
    def _openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)
