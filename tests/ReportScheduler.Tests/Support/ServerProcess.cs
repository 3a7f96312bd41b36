using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ReportScheduler.Tests.Support;

/// <summary>Programs of a database server, run as the account that Debian made for it, because they refuse to run as root.</summary>
internal static class ServerProcess
{
    /// <summary>A program that is there, or null.</summary>
    public static string? Find(string program, params string[] folders) =>
        folders.SelectMany(folder => folder.Contains('*', StringComparison.Ordinal)
                ? Directory.Exists(Path.GetDirectoryName(folder.Split('*')[0] + "x"))
                    ? Directory.GetDirectories(folder.Split('*')[0]).OrderDescending().Select(version => version + folder.Split('*')[1])
                    : []
                : [folder])
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Skips the test, or fails it in CI, where every server has to be there.</summary>
    public static void Missing(string what, string package)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"{what} is not installed, and in CI no server test may be skipped.");
        }

        Assert.Skip($"{what} is not installed. Install the Debian package {package}.");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A new folder that the account owns.</summary>
    public static string NewFolder(string account)
    {
        var folder = Directory.CreateTempSubdirectory("report-server-").FullName;
        if (Environment.UserName == "root")
        {
            Run("root", "chown", account, folder);
        }

        return folder;
    }

    /// <summary>Runs a program to its end.</summary>
    public static void Run(string account, params string[] command)
    {
        using var process = Start(account, command);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', command)}: {output.Result} {errors}");
    }

    public static Process Start(string account, params string[] command)
    {
        var line = Environment.UserName == "root" && account != "root" ? ["runuser", "-u", account, "--", .. command] : command;
        return Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = "/tmp" })!;
    }

    /// <summary>A certificate for localhost that nobody trusts: certificate and key as PEM files in the folder.</summary>
    public static (string Certificate, string Key) SelfSigned(string folder, string account)
    {
        var (certificate, key) = (Path.Combine(folder, "server.crt"), Path.Combine(folder, "server.key"));
        Run(account, "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", key,
            "-out", certificate);
        Run(account, "chmod", "600", key);
        return (certificate, key);
    }
}
