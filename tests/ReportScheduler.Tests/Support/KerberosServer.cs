using System.Diagnostics;
using System.Net.Sockets;

namespace ReportScheduler.Tests.Support;

/// <summary>A real Kerberos server (MIT) on a free loopback port with a realm, the
/// service smtp/localhost and the account reports.</summary>
internal sealed class KerberosServer : IDisposable
{
    private const string Realm = "TEST.EXAMPLE";

    private readonly Process server;

    public KerberosServer()
    {
        if (ServerProcess.Find("krb5kdc", "/usr/sbin") is null || ServerProcess.Find("kinit", "/usr/bin") is null)
        {
            ServerProcess.Missing("Kerberos", "krb5-kdc krb5-user libsasl2-modules-gssapi-mit");
        }

        Folder = ServerProcess.NewFolder("root");
        ServerProcess.Run("root", "chmod", "755", Folder);
        var port = ServerProcess.FreePort();
        File.WriteAllText(Configuration, $"""
            [libdefaults]
             default_realm = {Realm}
             dns_lookup_kdc = false
             dns_lookup_realm = false
             rdns = false
             dns_canonicalize_hostname = false
            [realms]
             {Realm} = {'{'}
              kdc = 127.0.0.1:{port}
             {'}'}
            [domain_realm]
             localhost = {Realm}

            """);
        File.WriteAllText(InFolder("kdc.conf"), $"""
            [kdcdefaults]
             kdc_listen = 127.0.0.1:{port}
             kdc_tcp_listen = 127.0.0.1:{port}
            [realms]
             {Realm} = {'{'}
              database_name = {InFolder("principal")}
              key_stash_file = {InFolder("stash")}
             {'}'}

            """);
        Run("/usr/sbin/kdb5_util", "create", "-s", "-P", "master", "-r", Realm);
        foreach (var query in new[]
        {
            "addprinc -randkey smtp/localhost", "addprinc -randkey reports",
            $"ktadd -k {Keytab} smtp/localhost", $"ktadd -k {InFolder("reports.keytab")} reports",
        })
        {
            Run("/usr/sbin/kadmin.local", "-q", query);
        }

        ServerProcess.Run("root", "chmod", "644", Keytab);
        server = Process.Start(Start("/usr/sbin/krb5kdc", "-n"))!;
        Await(port);
    }

    public string Folder { get; }

    public string Configuration => InFolder("krb5.conf");

    /// <summary>The keys of the mail server.</summary>
    public string Keytab => InFolder("smtp.keytab");

    /// <summary>Logs the account 'reports' in.</summary>
    /// <returns>The file with its ticket.</returns>
    public string Ticket()
    {
        Run("/usr/bin/kinit", "-k", "-t", InFolder("reports.keytab"), "-c", InFolder("ticket"), "reports");
        return "FILE:" + InFolder("ticket");
    }

    public void Dispose()
    {
        server.Kill();
        server.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static void Await(int port)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", port);
                return;
            }
            catch (SocketException) when (i < 600)
            {
                Thread.Sleep(50);
            }
        }
    }

    private string InFolder(string name) => Path.Combine(Folder, name);

    private ProcessStartInfo Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        start.Environment["KRB5_CONFIG"] = Configuration;
        start.Environment["KRB5_KDC_PROFILE"] = InFolder("kdc.conf");
        return start;
    }

    private void Run(string program, params string[] arguments)
    {
        var start = Start(program, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {said}");
    }
}
