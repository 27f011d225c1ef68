#!/usr/bin/python3
"""The directory by LDAP, from a real slapd on loopback with a certificate made here: what comes of it, and each way it fails."""
import base64
import contextlib
import json
import os
import pathlib
import re
import socket
import subprocess
import time
import unittest

import tap
import wall_clock
from ports import free_port
from test_command import BUILD, DONE, REFUSED, Branch

SLAPD, SLAPADD = "/usr/sbin/slapd", "/usr/sbin/slapadd"
SCHEMAS = pathlib.Path("/etc/ldap/schema")
TREE = "dc=bank,dc=example"
ACCOUNT, LIMITED, PASSWORD = f"cn=accolade,{TREE}", f"cn=limited,{TREE}", "tea, not coffee"
PEOPLE = 1500  # three pages


def rdn(value):
    """A value inside a distinguished name, every special character as RFC 4514 has it."""
    return re.sub(r'[ #"+,;<>\\=()*]', lambda found: f"\\{ord(found[0]):02X}", value)


def entry(dn, **attributes):
    """One entry as LDIF; a value may be a list."""
    lines = [("dn", dn)] + [(name, value) for name, values in attributes.items()
                            for value in (values if isinstance(values, list) else [values])]
    return "".join(f"{name}:: {base64.b64encode(value if isinstance(value, bytes) else value.encode()).decode()}\n"
                   for name, value in lines) + "\n"


def uid(number, below):
    return f"uid={number},ou={below},{TREE}"


def person(number, below, manager=None, **changes):
    """A sound member of staff, with changes; a value None leaves the attribute out."""
    attributes = {"objectClass": "inetOrgPerson", "uid": number, "cn": f"Person {number}", "sn": "P",
                  "displayName": f"Person {number}", "mail": f"{number}@bank.example", "employeeNumber": number,
                  "departmentNumber": "Cards", "title": "Clerk", "manager": manager, **changes}
    return entry(uid(number, below), **{name: value for name, value in attributes.items() if value is not None})


ODD = "Ana (Risk) * \\ , +x \" #"
ODD_DN = f"cn={rdn(ODD)},ou=odd,{TREE}"


def seed():
    """Everything that the tests look for, a subtree a case."""
    yield entry(TREE, objectClass=["dcObject", "organization"], dc="bank", o="Bank")
    for account in (ACCOUNT, LIMITED):
        yield entry(account, objectClass=["organizationalRole", "simpleSecurityObject"], cn=account.split("=")[1].split(",")[0],
                    userPassword=PASSWORD)
    for ou in ("people", "board", "empty", "odd", "loop", "self", "twice", "nomail", "several", "gone", "hidden", "bytes", "elsewhere",
               "called", "disabled"):
        yield entry(f"ou={ou},{TREE}", objectClass="organizationalUnit", ou=ou)
    yield person("head", "board", displayName="Hedda Head")
    yield person("p0", "people", uid("head", "board"), displayName="María Álvarez", title="Head of Cards")
    for number in range(1, PEOPLE):
        yield person(f"p{number}", "people", uid(f"p{number // 10}", "people"), departmentNumber=f"Team {number // 100}")
    yield entry(ODD_DN, objectClass="inetOrgPerson", uid="odd", cn=ODD, sn="A", displayName=ODD.replace('"', ""), mail="odd@bank.example",
                employeeNumber="odd", ou="Risk")
    # the same name, spelt otherwise
    yield person("o1", "odd", f"CN={rdn(ODD).lower()}, OU=odd ,DC=Bank, DC=example", departmentNumber=None, ou="Risk")
    for number, above in (("l1", "l2"), ("l2", "l3"), ("l3", "l1"), ("l4", "l1")):
        yield person(number, "loop", uid(above, "loop"))
    yield person("l5", "loop")
    yield person("s1", "self", uid("s1", "self"))
    yield person("t1", "twice") + person("t2", "twice", employeeNumber="t1") + person("t3", "twice", uid("t2", "twice"))
    yield person("n1", "nomail", mail=None) + person("n2", "nomail") + person("n3", "nomail", uid("n1", "nomail"))
    yield person("v1", "several") + person("v2", "several", [uid("v1", "several"), uid("head", "board")])
    yield person("v3", "several", mail=["a@bank.example", "b@bank.example"])
    yield person("g1", "gone", uid("nobody", "gone"))
    yield person("h1", "hidden", displayName="Ann\u202e Ash") + person("h2", "hidden", mail="h2@bank.example, x@y.example")
    yield person("b1", "bytes", displayName="Ann\nAsh") + person("b2", "bytes", title="x" * 2000)
    yield person("e1", "elsewhere")
    yield entry(f"ou=far,ou=elsewhere,{TREE}", objectClass=["referral", "extensibleObject"], ou="far",
                ref=f"ldap://other.bank.example/ou=far,{TREE}")
    yield person("c1", "called", givenName="Nell")
    yield person("d1", "disabled", employeeType="left") + person("d2", "disabled", uid("d1", "disabled"))


class Certificates:
    """A certificate authority of one's own, by openssl."""

    def __init__(self, home):
        self.home = home
        self.authority("ca")
        self.authority("other")
        self.sign("server", "ca", "DNS:localhost,IP:127.0.0.1")
        self.sign("stranger", "ca", "DNS:elsewhere.example")
        self.sign("127.0.0.1", "ca", "DNS:elsewhere.example")  # its subject, which does not count beside other names
        self.sign("old", "ca", "DNS:localhost,IP:127.0.0.1", before=wall_clock.at("@2020-01-01 12:00:00"))

    def openssl(self, *words, before=()):
        subprocess.run([*before, "openssl", *map(str, words)], check=True, capture_output=True, timeout=60)

    def authority(self, name):
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
                     f"/CN={name}", "-keyout", self.home / f"{name}.key", "-out", self.home / f"{name}.pem")

    def sign(self, name, authority, names, before=()):
        (self.home / "names").write_text(f"subjectAltName={names}\n")
        self.openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}", "-keyout",
                     self.home / f"{name}.key", "-out", self.home / f"{name}.csr")
        self.openssl("x509", "-req", "-in", self.home / f"{name}.csr", "-CA", self.home / f"{authority}.pem", "-CAkey",
                     self.home / f"{authority}.key", "-CAcreateserial", "-days", "30", "-extfile", self.home / "names", "-out",
                     self.home / f"{name}.pem", before=before)


class Slapd:
    """A directory server of one's own, filled once; started and stopped with another certificate, or none."""

    def __init__(self, home, ldif):
        self.home = home
        (home / "data").mkdir()
        self.write_settings(None)
        (home / "seed.ldif").write_text(ldif)
        subprocess.run([SLAPADD, "-q", "-f", home / "slapd.conf", "-l", home / "seed.ldif"], check=True, capture_output=True, timeout=60)

    def write_settings(self, certificate):
        tls = f"TLSCertificateFile {self.home}/{certificate}.pem\nTLSCertificateKeyFile {self.home}/{certificate}.key\n" if certificate else ""
        (self.home / "slapd.conf").write_text(
            "".join(f"include {SCHEMAS}/{name}.schema\n" for name in ("core", "cosine", "inetorgperson"))
            + f"modulepath /usr/lib/ldap\nmoduleload back_mdb\npidfile {self.home}/pid\n{tls}"
            f"database mdb\nsuffix {TREE}\ndirectory {self.home}/data\nmaxsize 104857600\nindex objectClass eq\n"
            f'limits dn.exact="{ACCOUNT}" size=unlimited size.prtotal=unlimited\n'
            f'access to attrs=userPassword by anonymous auth\naccess to * by users read\n')

    @contextlib.contextmanager
    def running(self, certificate="server"):
        """The server, answering; gives its ports for ldap and ldaps."""
        self.write_settings(certificate)
        ports = free_port(), free_port()
        addresses = f"ldap://127.0.0.1:{ports[0]}/" + (f" ldaps://127.0.0.1:{ports[1]}/" if certificate else "")
        with open(self.home / "log", "wb") as log:
            server = subprocess.Popen([SLAPD, "-d", "stats", "-f", self.home / "slapd.conf", "-h", addresses], stdout=log, stderr=log)
            try:
                deadline = time.monotonic() + 60
                while not self.answers(ports[0]):
                    if server.poll() is not None or time.monotonic() > deadline:
                        raise AssertionError((self.home / "log").read_text())
                    time.sleep(0.02)
                yield ports
            finally:
                server.terminate()
                server.wait()

    @staticmethod
    def answers(port):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        return False

    def log(self):
        return (self.home / "log").read_text(errors="replace")


@unittest.skipUnless(all(map(os.path.exists, (SLAPD, SLAPADD, "/usr/bin/openssl", wall_clock.LIBRARY))), "needs slapd, openssl and libfaketime")
class Directory(Branch):
    @classmethod
    def fill_model(cls):
        super().fill_model()
        cls.servers = cls.folder_for_all("accolade-slapd-")
        cls.certificates = Certificates(cls.servers)
        cls.slapd = Slapd(cls.servers, "".join(seed()))
        (cls.model / "password").write_text(PASSWORD + "\n")
        cls.run_in(cls.model, "secret", "set", "directory", "--secret-file", "password", "--passphrase-file", "passphrase")

    def configure(self, ports, **changes):
        """accolade.conf for this server; a value None leaves the key out."""
        keys = {"source": "ldap", "address": f"ldap://127.0.0.1:{ports[0]}", "certificate_authority": self.servers / "ca.pem",
                "base": f"ou=people,{TREE}", "bind_name": ACCOUNT, "id": "employeeNumber", "timeout": 20, **changes}
        (self.home / "store/accolade.conf").write_text(
            "[directory]\n" + "".join(f"{name}={value}\n" for name, value in keys.items() if value is not None))

    def import_it(self, *arguments, status=DONE):
        return self.signed_in("staff", "import", "ldap", *arguments, status=status)

    def refused(self, ports, *words, **changes):
        """The import is refused in one sentence with these words, and nothing changes."""
        self.configure(ports, **changes)
        message = self.import_it(status=REFUSED)
        for word in words:
            self.assertIn(word, message)
        self.assertEqual("[]", self.signed_in("staff", "find", "Person", "--json").strip())
        return message

    def find(self, text):
        return json.loads(self.signed_in("staff", "find", text, "--json"))

    def chain(self, text):
        return [person["id"] for person in json.loads(self.signed_in("staff", "chain", text, "--json"))]


class Works(Directory):
    def test_everybody_comes_page_by_page_with_managers_from_elsewhere(self):
        with self.slapd.running() as ports:
            self.configure(ports)
            shown = self.import_it("--dry-run")
            self.assertIn(f"{PEOPLE + 1} new, 0 changed, 0 gone", shown)
            self.assertEqual([], self.find("Person p7"))
            self.assertIn(f"{PEOPLE + 1} people", self.import_it())
            self.assertEqual("ldap", json.loads(self.signed_in("staff", "status", "--json"))["source"])
            self.assertGreaterEqual(len(re.findall(r'SRCH base="ou=people,', self.slapd.log())), 2 * PEOPLE // 500)
            self.assertIn("STARTTLS", self.slapd.log())
        self.assertEqual(["p123", "p12", "p1", "p0", "head"], self.chain("p1234"))
        found = self.find("maria alvarez")[0]
        self.assertEqual({"id": "p0", "name": "María Álvarez", "email": "p0@bank.example", "department": "Cards", "title": "Head of Cards"},
                         found)
        self.call("verify")

    def test_a_second_import_shows_what_has_changed(self):
        with self.slapd.running() as ports:
            self.configure(ports)
            self.import_it()
            self.assertIn(f"0 new, 0 changed, 0 gone, {PEOPLE + 1} as before", self.import_it())
            self.configure(ports, base=f"ou=odd,{TREE}")
            self.assertIn("--yes", self.import_it(status=REFUSED))
            self.import_it("--yes")
        self.assertEqual([], self.find("p7"))

    def test_ldaps_and_a_server_on_this_machine_do_too(self):
        with self.slapd.running() as ports:
            self.configure(ports, address=f"ldaps://127.0.0.1:{ports[1]}", base=f"ou=odd,{TREE}")
            self.import_it()
        with self.slapd.running(None) as ports:
            self.configure(ports, security="none", base=f"ou=odd,{TREE}")
            self.assertIn("2 as before", self.import_it())

    def test_the_password_goes_along_with_the_branchs_key(self):
        with self.slapd.running() as ports:
            self.configure(ports, base=f"ou=odd,{TREE}")
            self.signed_in("key", "rotate")
            self.import_it()
            self.call("key", "recover", "--recovery-file", "recovery", "--new-passphrase-file", "passphrase")
            self.assertIn("2 as before", self.import_it())

    def test_names_that_a_filter_would_take_for_its_own(self):
        with self.slapd.running() as ports:
            self.configure(ports, base=f"ou=odd,{TREE}")
            self.import_it()
        self.assertEqual("odd", self.find("Ana (Risk) *")[0]["id"])
        self.assertEqual(["odd"], self.chain("o1"))
        self.assertEqual("Risk", self.find("o1")[0]["department"])  # ou, where there is no departmentNumber

    def test_how_somebody_is_called_and_the_id_come_from_the_attributes_that_are_named(self):
        with self.slapd.running() as ports:
            self.configure(ports, base=f"ou=called,{TREE}", id=None)
            self.import_it()
            self.assertEqual([], self.find("Nell"))  # never guessed
            self.assertRegex(self.find("Person c1")[0]["id"], "^[0-9a-f-]{36}$")  # entryUUID
            self.configure(ports, base=f"ou=called,{TREE}", id="uid", called="givenName")
            self.import_it("--yes")
        self.assertEqual("c1", self.find("Nell")[0]["id"])

    def test_the_good_entries_alone(self):
        with self.slapd.running() as ports:
            self.configure(ports, base=f"ou=loop,{TREE}")
            self.assertIn("4 entries were set aside", self.import_it("--quarantine", "aside.csv", status=REFUSED))
            self.import_it("--quarantine", "aside.csv", "--yes")
        self.assertEqual(["l5"], [person["id"] for person in self.find("Person")])
        self.assertEqual(["dn", *[f"uid=l{n},ou=loop,{TREE}" for n in (1, 2, 3, 4)]],
                         [line.split('"')[1] for line in (self.home / "aside.csv").read_text().splitlines()])

    def test_who_reports_to_one_of_two_with_one_id_is_set_aside_with_them(self):
        with self.slapd.running() as ports:
            self.configure(ports, base=f"ou=twice,{TREE}")
            self.import_it("--quarantine", "aside.csv", "--yes")
        self.assertEqual(["t1"], [person["id"] for person in self.find("Person")])

    def test_nothing_of_the_machines_own_settings_weakens_it(self):
        (self.home / "ldaprc").write_text("TLS_REQCERT never\nTLS_REQSAN never\nSIZELIMIT 3\nREFERRALS on\n")
        (self.home / ".ldaprc").write_text("TLS_REQCERT never\nTLS_CACERT /dev/null\n")
        with self.slapd.running("stranger") as ports:
            self.refused(ports, "certificate")


class Entries(Directory):
    """What is wrong with entries names them."""

    def test_each_wrong_entry_is_named_with_its_attribute(self):
        cases = {
            "loop": (uid("l1", "loop") + ": manager: “" + uid("l1", "loop") + "” stands above itself, by way of “" + uid("l2", "loop"),),
            "self": (uid("s1", "self") + ": manager: ", "own id"),
            "twice": (uid("t2", "twice") + ": employeeNumber: “t1” is already that of " + uid("t1", "twice"),),
            "nomail": (uid("n1", "nomail") + ": mail: nothing is given.",),
            "several": (uid("v2", "several") + ": manager: 2 values", uid("v3", "several") + ": mail: 2 values"),
            "gone": (uid("g1", "gone") + ": manager: there is no entry “" + uid("nobody", "gone") + "”",),
            "hidden": (uid("h1", "hidden") + ": displayName or cn: ", uid("h2", "hidden") + ": mail: ", "is not one e-mail address"),
            "bytes": (uid("b1", "bytes") + ": displayName: the value is not a line of text", uid("b2", "bytes") + ": title: the value is longer"),
        }
        with self.slapd.running() as ports:
            for ou, words in cases.items():
                with self.subTest(ou):
                    message = self.refused(ports, *words, base=f"ou={ou},{TREE}")
                    self.assertNotRegex(message, r"line \d")

    def test_what_is_told_once_is_not_told_again(self):
        with self.slapd.running() as ports:
            message = self.refused(ports, base=f"ou=several,{TREE}")
            self.assertEqual(1, message.count(uid("v3", "several")), message)

    def test_a_manager_whom_the_filter_keeps_out_is_nobodys(self):
        with self.slapd.running() as ports:
            self.refused(ports, uid("d2", "disabled"), "the filter keeps it out", base=f"ou=disabled,{TREE}",
                         filter="(&(objectClass=inetOrgPerson)(!(employeeType=left)))")


class Fails(Directory):
    """Each way in which a server fails has its sentence."""

    def test_what_the_configuration_lacks(self):
        (self.home / "store/accolade.conf").write_text("")
        self.assertIn("[directory] source=ldap", self.import_it(status=REFUSED))
        ports = (9, 9)
        self.refused(ports, "address names no", address=None)
        self.refused(ports, "base does not say", base=None)
        self.refused(ports, "security", "is for a server on this machine", security="none", address="ldap://192.0.2.1")
        self.configure(ports)
        self.assertIn("comes from ldap", self.signed_in("staff", "import", "passphrase", status=REFUSED))

    def test_certificates(self):
        with self.slapd.running() as ports:
            for address in (f"ldap://127.0.0.1:{ports[0]}", f"ldaps://127.0.0.1:{ports[1]}"):
                self.refused(ports, "no certificate that can be trusted", address=address, certificate_authority=self.servers / "other.pem")
            self.refused(ports, "certificate_authority", "/nowhere", certificate_authority="/nowhere")
            self.refused(ports, "no certificate that can be trusted", certificate_authority=self.servers / "seed.ldif")
        for wrong in ("stranger", "127.0.0.1", "old"):
            with self.slapd.running(wrong) as ports:
                self.refused(ports, "no certificate that can be trusted")
                self.assertNotIn(" BIND", self.slapd.log())
        with self.slapd.running(None) as ports:
            self.refused(ports, "does not offer StartTLS")
            self.assertNotIn(" BIND", self.slapd.log())

    def test_accounts(self):
        with self.slapd.running() as ports:
            self.refused(ports, "does not know this account", "secret set directory", bind_name=f"cn=nobody,{TREE}")
            self.refused(ports, "does not know this account", bind_name=f"uid=p1,ou=people,{TREE}")
            self.refused(ports, "no distinguished name", bind_name="somebody")
            self.refused(ports, "base", bind_name=None)  # anonymous: sees nothing
            (self.home / "wrong-password").write_text("coffee\n")
            self.signed_in("secret", "set", "directory", "--secret-file", "wrong-password")
            message = self.refused(ports, "does not know this account")
            self.assertNotIn("coffee", message)

    def test_an_empty_password_is_never_sent(self):
        (self.home / "empty").write_text("\n")
        self.signed_in("secret", "set", "directory", "--secret-file", "empty")
        with self.slapd.running() as ports:
            self.refused(ports, "bind_name has no password")
            self.assertNotIn(" BIND", self.slapd.log())

    def test_what_is_asked_for(self):
        with self.slapd.running() as ports:
            self.refused(ports, "has no such [directory] base", base=f"ou=nowhere,{TREE}")
            self.refused(ports, "base for no distinguished name", base="somewhere")
            self.refused(ports, "filter", filter="(&(uid=*)")
            self.refused(ports, "shows nobody", base=f"ou=empty,{TREE}")
            self.refused(ports, "only a part of the entries", bind_name=LIMITED)
            self.refused(ports, "sends us to another one", "other.bank.example", base=f"ou=elsewhere,{TREE}")
            self.refused(ports, "sends us to another one", "other.bank.example", base=f"ou=far,ou=elsewhere,{TREE}")

    def test_a_server_that_was_stopped_leaves_the_directory_as_it_was(self):
        with self.slapd.running() as ports:
            self.configure(ports, base=f"ou=odd,{TREE}")
            self.import_it()
        self.assertIn("cannot be reached", self.import_it(status=REFUSED))
        self.assertEqual(["odd"], self.chain("o1"))
        self.configure(ports, address="ldap://no-such-host.invalid")
        self.assertIn("cannot be reached", self.import_it(status=REFUSED))

    def test_a_server_that_says_nothing(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            for address, changes in ((f"ldap://127.0.0.1:{port}", {}), (f"ldaps://127.0.0.1:{port}", {}),
                                     (f"ldap://127.0.0.1:{port}", {"security": "none"})):
                with self.subTest(address):
                    self.refused((port, port), "does not answer within", address=address, timeout=1, **changes)

    def test_a_server_that_falls_silent_in_the_middle_of_a_handshake(self):
        starts_tls = bytes.fromhex("300c02010178070a010004000400")  # an extended response: success
        with socket.create_server(("127.0.0.1", 0)) as stalled:
            port = stalled.getsockname()[1]
            self.configure((port, port), timeout=1)
            asking = subprocess.Popen(self.command(), cwd=self.home, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            caller, _ = stalled.accept()
            with caller:
                caller.recv(1)
                caller.sendall(starts_tls)
                _, message = asking.communicate(timeout=60)
            self.assertEqual(REFUSED, asking.returncode, message)
            self.assertIn("does not answer within", message)

    def test_a_server_that_tells_of_people_before_it_is_asked(self):
        someone = bytes.fromhex("300c020101" "6407" "0403") + b"x=y" + bytes.fromhex("3000")  # a search's entry, and not the last one
        for changes in ({}, {"security": "none"}):
            with self.subTest(**changes), socket.create_server(("127.0.0.1", 0)) as eager:
                port = eager.getsockname()[1]
                self.configure((port, port), **changes)
                asking = subprocess.Popen(self.command(), cwd=self.home, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                caller, _ = eager.accept()
                with caller:
                    caller.recv(1)
                    caller.sendall(someone)
                    _, message = asking.communicate(timeout=60)
                self.assertEqual(REFUSED, asking.returncode, message)
                self.assertNotIn("does not answer within", message)

    def test_a_server_that_hangs_up_or_talks_of_something_else(self):
        for answer in (b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x30\x84\x7f\xff\xff\xff" + bytes(100)):
            for changes in ({}, {"security": "none"}):
                with self.subTest(answer=answer, **changes), socket.create_server(("127.0.0.1", 0)) as rude:
                    port = rude.getsockname()[1]
                    self.configure((port, port), timeout=2, **changes)
                    asking = subprocess.Popen(self.command(), cwd=self.home, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                    caller, _ = rude.accept()
                    caller.recv(1)
                    caller.sendall(answer)
                    caller.close()
                    _, message = asking.communicate(timeout=60)
                    self.assertEqual(REFUSED, asking.returncode, message)
                    self.assertEqual(1, message.count("\n"), message)
                    self.assertIn(f"127.0.0.1:{port}", message)

    @staticmethod
    def command():
        return [BUILD / "app/cli/accolade", "staff", "import", "ldap", "--store", "store", "--passphrase-file", "passphrase"]


if __name__ == "__main__":
    tap.main()
