"""A mail server of one's own on loopback, by aiosmtpd, and what it may do wrong."""
import asyncio
import contextlib
import socket
import ssl
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from ports import free_port

START = "start"  # where a server may stall or end: at the connection, …
RECIPIENT = "recipient"
HALF_WAY = "half-way"  # … after some bytes of the message, …
DOT = "dot"  # … after all of it


class Conversation(SMTP):
    """aiosmtpd's server, which can also end the connection in the middle of a message."""

    def data_received(self, data):
        if self.event_handler.drops == HALF_WAY and self.event_handler.wants_data:
            self.event_handler.wants_data = False
            self.transport.abort()
        else:
            super().data_received(data)


class Post:
    """What the server's clients did, and what they are answered: .answers maps recipients, or DOT, to a line of SMTP."""

    def __init__(self, answers=None, stalls=None, drops=None, password=None):
        self.answers, self.stalls, self.drops, self.password = answers or {}, stalls, drops, password
        self.mails = []  # (sender, recipients, bytes) that were taken
        self.offered = []  # … and all that were given to the last byte
        self.recipients, self.connections, self.wants_data, self.signed_in = [], 0, False, []
        self.reached, self.let_go = threading.Event(), threading.Event()

    async def wait(self):
        self.reached.set()
        while not self.let_go.is_set():
            await asyncio.sleep(0.01)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += not session.host_name
        session.host_name = hostname
        if self.stalls == START:
            await self.wait()
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.recipients.append(address)
        if self.stalls == RECIPIENT:
            await self.wait()
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
            self.wants_data = True
        return answer

    async def handle_DATA(self, server, session, envelope):
        mail = (envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content)
        self.offered.append(mail)
        self.wants_data = False
        if self.stalls == DOT:
            await self.wait()
        if self.drops == DOT:
            server.transport.abort()
            return ""
        answer = self.answers.get(DOT, "250 taken")
        if answer.startswith("250"):
            self.mails.append(mail)
        return answer

    def check_password(self, server, session, envelope, mechanism, data):
        self.signed_in.append(data.login.decode())
        return AuthResult(success=data.password.decode() == self.password, handled=False)


class _Controller(Controller):
    def factory(self):
        return Conversation(self.handler, **self.SMTP_kwargs)


def tls(home, certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(home / f"{certificate}.pem", home / f"{certificate}.key")
    return context


@contextlib.contextmanager
def running(post, home=None, certificate=None, from_the_start=False, port=None):
    """The server of @post, answering; its port. With a @certificate below @home it offers STARTTLS, or speaks TLS at once."""
    context = tls(home, certificate) if certificate else None
    port = port or free_port()
    controller = _Controller(post, hostname="127.0.0.1", port=port, ready_timeout=60, server_hostname="test.example",
                             ssl_context=context if from_the_start else None,
                             tls_context=None if from_the_start else context,
                             require_starttls=bool(context) and not from_the_start, data_size_limit=1 << 26,
                             authenticator=post.check_password if post.password else None,
                             auth_required=bool(post.password), auth_require_tls=bool(context) and not from_the_start)
    controller.start()
    post.connections = 0  # its own, by which it was found to answer
    try:
        yield port
    finally:
        post.let_go.set()
        controller.stop()


class Hostile:
    """A server that says what it likes: @speak is given each connection."""

    def __init__(self, speak):
        self.speak, self.sent = speak, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def send(self, connection, data):
        connection.sendall(data)
        self.sent += len(data)

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                with connection, contextlib.suppress(OSError):
                    self.speak(self, connection)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(30)
