namespace ReportScheduler.Tests.Support;

/// <summary>A real Postfix with its own configuration, queue, log and maildir, on a free loopback
/// port. It offers STARTTLS with a certificate that nobody trusts.</summary>
/// <remarks>Take it as the fixture of a test class. <see cref="Port"/> starts it, or skips the test where that cannot be.</remarks>
public sealed class PostfixServer : IDisposable
{
    /// <summary>The largest message it takes, in bytes.</summary>
    public const int MostBytes = 400_000;

    private readonly Dictionary<string, string> refusals = new(StringComparer.Ordinal);
    private readonly Lazy<int> port;
    private string? folder;

    public PostfixServer() => port = new Lazy<int>(Start);

    public int Port => port.Value;

    /// <summary>Further settings; they win over the usual ones.</summary>
    public string Settings { get; init; } = "";

    /// <summary>Its certificate for localhost, as a PEM file.</summary>
    public string Certificate => Path.Combine(Configuration, "server.crt");

    private string Configuration => Path.Combine(folder!, "etc");

    /// <summary>What it says to a recipient from the next connection on, such as
    /// <c>550 5.1.1 no such user</c>; null to take the mail.</summary>
    public void Answer(string address, string? refusal)
    {
        if (refusal is null)
        {
            refusals.Remove(address);
        }
        else
        {
            refusals[address] = refusal;
        }

        File.WriteAllLines(Path.Combine(Configuration, "access"), refusals.Select(one => $"{one.Key} {one.Value}"));
    }

    /// <summary>The paths of the mails that it has delivered to an address.</summary>
    public IReadOnlyList<string> Mails(string address)
    {
        for (var i = 0; Queued(); i++)
        {
            Assert.True(i < 600, $"Postfix does not deliver: {File.ReadAllText(Path.Combine(folder!, "log"))}");
            Thread.Sleep(50);
        }

        var box = Path.Combine(folder!, "mail", "box", "new");
        return !Directory.Exists(box)
            ? []
            : [.. Directory.GetFiles(box).Where(file => File.ReadLines(file).Contains($"Delivered-To: {address}"))];
    }

    public void Dispose()
    {
        if (folder is not null)
        {
            ServerProcess.Run("root", "postfix", "-c", Configuration, "stop");
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What it took and has not put in a box yet.</summary>
    private bool Queued() =>
        new[] { "incoming", "active", "deferred" }.Any(
            queue => Directory.EnumerateFiles(Path.Combine(folder!, "queue", queue), "*", SearchOption.AllDirectories).Any());

    private int Start()
    {
        if (ServerProcess.Find("postfix", "/usr/sbin") is null)
        {
            ServerProcess.Missing("Postfix", "postfix");
        }

        Assert.SkipUnless(Environment.UserName == "root", "Postfix starts as root only: run the tests as root.");
        var made = ServerProcess.NewFolder("root");
        // its parts run as other accounts
        ServerProcess.Run("root", "chmod", "755", made);
        foreach (var (part, account) in new[] { ("etc", "root"), ("queue", "root"), ("data", "postfix"), ("mail", "nobody") })
        {
            Directory.CreateDirectory(Path.Combine(made, part));
            ServerProcess.Run("root", "chown", account, Path.Combine(made, part));
        }

        var etc = Path.Combine(made, "etc");
        var (certificate, key) = ServerProcess.SelfSigned(etc, "root");
        var free = ServerProcess.FreePort();
        File.WriteAllText(Path.Combine(etc, "access"), "");
        File.WriteAllText(Path.Combine(etc, "main.cf"), UsualSettings(made, certificate, key) + Settings);
        File.WriteAllText(Path.Combine(etc, "master.cf"), Services(free));
        // returns when it listens
        ServerProcess.Run("root", "postfix", "-c", etc, "start");
        folder = made;
        return free;
    }

    private static string UsualSettings(string folder, string certificate, string key) => $"""
        compatibility_level = 3.6
        queue_directory = {folder}/queue
        data_directory = {folder}/data
        maillog_file = {folder}/log
        maillog_file_prefixes = {folder}
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        myhostname = mail.test
        mydestination =
        mynetworks = 127.0.0.0/8
        alias_maps =
        alias_database =
        message_size_limit = {MostBytes}
        smtputf8_enable = no
        virtual_mailbox_domains = example.com
        virtual_mailbox_base = {folder}/mail
        virtual_mailbox_maps = static:box/
        virtual_uid_maps = static:65534
        virtual_gid_maps = static:65534
        smtpd_relay_restrictions = permit_mynetworks, reject
        smtpd_recipient_restrictions = check_recipient_access texthash:{folder}/etc/access, permit_mynetworks, reject
        smtpd_tls_cert_file = {certificate}
        smtpd_tls_key_file = {key}
        smtpd_tls_security_level = may

        """;

    // a process of its own for each connection: it reads the refusals when it starts
    private static string Services(int port) => $"""
        127.0.0.1:{port} inet n - n - - smtpd -o max_use=1
        postlog unix-dgram n - n - 1 postlogd
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        flush unix n - n 1000? 0 flush
        proxymap unix - - n - - proxymap
        error unix - - n - - error
        retry unix - - n - - error
        virtual unix - n n - - virtual
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache

        """;
}
