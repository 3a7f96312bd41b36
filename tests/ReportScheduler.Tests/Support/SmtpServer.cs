using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace ReportScheduler.Tests.Support;

/// <summary>An SMTP server on loopback that keeps what it gets, and misbehaves on request.</summary>
internal sealed class SmtpServer : IDisposable
{
    private readonly LoopbackListener listener;
    private long flooded;

    public SmtpServer() => listener = new LoopbackListener((stream, stop) =>
    {
        Connections.Enqueue(TimeProvider.System.GetTimestamp());
        return new Conversation(this, stream, stop).Run();
    });

    public int Port => listener.Port;

    /// <summary>Offers STARTTLS, or with <see cref="TlsFromStart"/> speaks TLS at once.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool TlsFromStart { get; init; }

    /// <summary>Offers AUTH and wants this login; the password is checked, and never kept.</summary>
    public (string User, string Password)? Login { get; init; }

    /// <summary>Offers XOAUTH2 and no other login; says whether the token of a user is good.</summary>
    public Func<string, string, bool>? Token { get; init; }

    /// <summary>The users and tokens of its XOAUTH2 logins, good or not.</summary>
    public ConcurrentQueue<(string User, string Token)> Tokens { get; } = new();

    /// <summary>Offers AUTH before TLS, as a careless server does.</summary>
    public bool LoginInTheClear { get; init; }

    /// <summary>Ends a TLS conversation with a client that shows no certificate.</summary>
    public bool WantsCertificate { get; init; }

    /// <summary>The subjects of the certificates that clients showed.</summary>
    public ConcurrentQueue<string> ClientCertificates { get; } = new();

    public int? Size { get; init; }

    /// <summary>The answer to a command, instead of the usual one; null for the usual one. The greeting
    /// answers <c>CONNECT</c>, the end of a message is the command <c>.</c>.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>The command (its first word, or <c>.</c>) on which it hangs up without
    /// an answer. <c>MID</c>: in the middle of a message.</summary>
    public string? HangUpOn { get; set; }

    /// <summary>The command on which it says nothing more, and keeps the line open.</summary>
    public string? StallOn { get; set; }

    /// <summary>The command that it answers with single bytes for ever, twenty a second.
    /// <c>CONNECT</c>: the greeting. <c>TLS</c>: the first record of TLS.</summary>
    public string? DripOn { get; set; }

    /// <summary>The command that it answers with one line that has no end.</summary>
    public string? FloodOn { get; set; }

    /// <summary>How long it thinks about a message that it has taken.</summary>
    public TimeSpan Late { get; set; }

    public ConcurrentQueue<ReceivedMail> Messages { get; } = new();

    /// <summary>When somebody connected.</summary>
    public ConcurrentQueue<long> Connections { get; } = new();

    /// <summary>The bytes of its floods that somebody read.</summary>
    public long Flooded => Interlocked.Read(ref flooded);

    /// <summary>What the clients said, without the lines of a login and of messages.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    public void Dispose() => listener.Dispose();

    private sealed class Conversation(SmtpServer server, Stream stream, CancellationToken stop)
    {
        private readonly List<string> recipients = [];
        private readonly byte[] buffer = new byte[64 * 1024];
        private Stream stream = stream;
        private int start;
        private int filled;
        private bool isSecure;
        private string sender = "";

        public async Task Run()
        {
            if (server.TlsFromStart)
            {
                await StartTls();
            }

            await MisbehaveIfAsked("CONNECT");
            await Say(server.Answer("CONNECT") ?? "220 test ESMTP");
            while (await Line() is { } line)
            {
                var word = line.Split(' ', ':')[0].ToUpperInvariant();
                server.Commands.Enqueue(word == "AUTH" ? string.Join(' ', line.Split(' ').Take(2)) : line);
                if (server.HangUpOn == word)
                {
                    return;
                }

                await MisbehaveIfAsked(word);
                if (server.Answer(line) is { } answer)
                {
                    await Say(answer);
                }
                else if (!await Handle(word, line))
                {
                    return;
                }
            }
        }

        private async Task<bool> Handle(string word, string line)
        {
            switch (word)
            {
                case "EHLO":
                    await Say(Greeting());
                    return true;
                case "STARTTLS":
                    await Say("220 go on");
                    await MisbehaveIfAsked("TLS");
                    await StartTls();
                    return true;
                case "AUTH":
                    await LogIn(line);
                    return true;
                case "MAIL":
                    if ((server.Login is not null || server.Token is not null) && !server.Commands.Contains("AUTH-OK"))
                    {
                        await Say("530 log in first");
                        return true;
                    }

                    (sender, _) = (Between(line), recipients.RemoveAll(_ => true));
                    await Say("250 ok");
                    return true;
                case "RCPT":
                    recipients.Add(Between(line));
                    await Say("250 ok");
                    return true;
                case "DATA":
                    await Say("354 go on");
                    return await Receive();
                case "QUIT":
                    await Say("221 bye");
                    return false;
                default:
                    await Say(word is "RSET" or "NOOP" ? "250 ok" : "502 what?");
                    return true;
            }
        }

        private string Greeting()
        {
            var lines = new List<string> { "test", "8BITMIME", "PIPELINING" };
            if (server.Certificate is not null && !isSecure)
            {
                lines.Add("STARTTLS");
            }

            if (server.Login is not null && (isSecure || server.LoginInTheClear))
            {
                lines.Add("AUTH LOGIN PLAIN");
            }

            if (server.Token is not null && (isSecure || server.LoginInTheClear))
            {
                lines.Add("AUTH XOAUTH2");
            }

            if (server.Size is { } size)
            {
                lines.Add($"SIZE {size}");
            }

            return string.Join("\r\n", lines.Select((line, place) => (place == lines.Count - 1 ? "250 " : "250-") + line));
        }

        private async Task StartTls()
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = server.Certificate,
                    ClientCertificateRequired = server.WantsCertificate,
                    RemoteCertificateValidationCallback = (_, shown, _, _) => !server.WantsCertificate || shown is not null,
                },
                stop);
            if (tls.RemoteCertificate is { } shown)
            {
                server.ClientCertificates.Enqueue(shown.Subject);
            }

            (stream, isSecure) = (tls, true);
        }

        private async Task LogIn(string line)
        {
            string user, password;
            var words = line.Split(' ');
            if (words[1] == "XOAUTH2")
            {
                await LogInWithToken(words.Length > 2 ? words[2] : await Ask("334 "));
                return;
            }

            if (words[1] == "PLAIN")
            {
                var parts = Decode(words.Length > 2 ? words[2] : await Ask("334 ")).Split('\0');
                (user, password) = (parts[1], parts[2]);
            }
            else
            {
                user = Decode(words.Length > 2 ? words[2] : await Ask("334 VXNlcm5hbWU6"));
                password = Decode(await Ask("334 UGFzc3dvcmQ6"));
            }

            var isRight = server.Login == (user, password);
            if (isRight)
            {
                server.Commands.Enqueue("AUTH-OK");
            }

            await Say(isRight ? "235 welcome" : "535 5.7.8 authentication failed");
        }

        /// <summary>https://developers.google.com/workspace/gmail/imap/xoauth2-protocol: user and token between bytes of
        /// 1; a refusal comes after a question that the client answers with an empty line.</summary>
        private async Task LogInWithToken(string given)
        {
            var fields = Decode(given).Split('\u0001', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=', 2))
                .ToDictionary(pair => pair[0], pair => pair[1]);
            var (user, token) = (fields["user"], fields["auth"]["Bearer ".Length..]);
            server.Tokens.Enqueue((user, token));
            if (server.Token!(user, token))
            {
                server.Commands.Enqueue("AUTH-OK");
                await Say("235 2.7.0 Authentication successful");
                return;
            }

            await Ask("334 " + Convert.ToBase64String(
                Encoding.ASCII.GetBytes("""{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}""")));
            await Say("535 5.7.3 Authentication unsuccessful [LO4P123CA0001.GBRP123.PROD.OUTLOOK.COM 2026-11-28T10:00:00.000Z 08DE0000]");
        }

        private async Task<bool> Receive()
        {
            var text = new MemoryStream();
            while (await Line() is { } line)
            {
                if (server.HangUpOn == "MID" && text.Length > 0)
                {
                    return false;
                }

                if (line == ".")
                {
                    if (server.HangUpOn == ".")
                    {
                        return false;
                    }

                    var answer = server.Answer(".");
                    if (answer is null)
                    {
                        text.Position = 0;
                        server.Messages.Enqueue(new ReceivedMail(sender, [.. recipients], MimeMessage.Load(text)));
                    }

                    await MisbehaveIfAsked(".");
                    await Task.Delay(server.Late, stop);
                    await Say(answer ?? "250 taken");
                    return true;
                }

                text.Write(Encoding.Latin1.GetBytes((line.StartsWith('.') ? line[1..] : line) + "\r\n"));
            }

            return false;
        }

        private async Task MisbehaveIfAsked(string word)
        {
            if (server.StallOn == word)
            {
                await Task.Delay(Timeout.Infinite, stop);
            }

            // the head of a handshake of 16 KB, of which the rest never comes
            byte[] drop = word == "TLS" ? [0x16, 0x03, 0x03, 0x40, 0x00] : "250-"u8.ToArray();
            while (server.DripOn == word)
            {
                await stream.WriteAsync(drop, stop);
                drop = [(byte)'x'];
                await Task.Delay(50, stop);
            }

            var flood = new byte[64 * 1024];
            Array.Fill(flood, (byte)'x');
            "250-"u8.CopyTo(flood);
            while (server.FloodOn == word)
            {
                await stream.WriteAsync(flood, stop);
                Interlocked.Add(ref server.flooded, flood.Length);
            }
        }

        private async Task<string> Ask(string question)
        {
            await Say(question);
            return await Line() ?? "";
        }

        private async Task Say(string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text + "\r\n"), stop);

        private async Task<string?> Line()
        {
            var line = new MemoryStream();
            while (true)
            {
                var end = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');
                line.Write(buffer, start, end < 0 ? filled - start : end);
                start = end < 0 ? filled : start + end + 1;
                if (end >= 0)
                {
                    return Encoding.Latin1.GetString(line.ToArray()).TrimEnd('\r');
                }

                (start, filled) = (0, await stream.ReadAsync(buffer, stop));
                if (filled == 0)
                {
                    return null;
                }
            }
        }

        private static string Between(string line) =>
            line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

        private static string Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
    }
}
