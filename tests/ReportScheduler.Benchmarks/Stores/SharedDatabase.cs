using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ReportScheduler.Benchmarks.Stores;

/// <summary>A PostgreSQL server of its own with its usual settings, so that a commit is on the disk, which counts statements.</summary>
internal sealed class SharedDatabase : IDisposable
{
    private const string Account = "postgres";
    private readonly string folder = Directory.CreateTempSubdirectory("store-benchmark-").FullName;
    private readonly Process server;

    public SharedDatabase()
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var bin = Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => version + "/bin").First();
        if (Environment.UserName == "root")
        {
            Start("root", "chown", Account, folder).WaitForExit();
        }

        Start(Account, bin + "/initdb", "-D", folder + "/data", "-U", Account, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
            .WaitForExit();
        server = Start(Account, bin + "/postgres", "-D", folder + "/data", "-p", $"{Port}", "-k", folder, "-c",
            "listen_addresses=127.0.0.1",
            "-c", "max_connections=300", "-c", "shared_preload_libraries=pg_stat_statements");
        for (var tries = 0; ; tries++)
        {
            try
            {
                Execute("create extension pg_stat_statements");
                return;
            }
            catch (NpgsqlException) when (tries < 200)
            {
                Thread.Sleep(50);
            }
        }
    }

    public int Port { get; }

    /// <summary>How much processor the processes of the server have used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            // runuser stands before the server where there is one; the fields follow the name in its parentheses
            var all = Directory.GetDirectories("/proc").Where(place => int.TryParse(Path.GetFileName(place), out _)).Select(Fields)
                .OfType<string[]>().ToDictionary(fields => fields[0]);
            var ours = new HashSet<string> { $"{server.Id}" };
            while (all.Values.Any(fields => ours.Contains(fields[2]) && ours.Add(fields[0])))
            {
            }

            // with what its ended processes used
            return TimeSpan.FromSeconds(ours.Where(all.ContainsKey).SelectMany(id => all[id][12..16])
                .Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / 100.0);
        }
    }

    /// <summary>The statements that the databases of clients have run.</summary>
    public long Statements => (long)Scalar(
        "select coalesce(sum(calls), 0)::bigint from pg_stat_statements where query !~* '^(begin|commit|rollback|discard|deallocate)'");

    public string Make(string name)
    {
        Execute($"drop database if exists {name} with (force)");
        Execute($"create database {name}");
        return ConnectionString(name);
    }

    public string ConnectionString(string name) =>
        $"Host=127.0.0.1;Port={Port};Username={Account};Database={name};Maximum Pool Size=80";

    public string Address(string name) => $"postgresql://{Account}@127.0.0.1:{Port}/{name}";

    public void Dispose()
    {
        server.Kill(entireProcessTree: true);
        server.WaitForExit();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string[]? Fields(string place)
    {
        try
        {
            var text = File.ReadAllText(place + "/stat");
            return [Path.GetFileName(place), .. text[(text.LastIndexOf(')') + 2)..].Split(' ')];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static Process Start(string account, params string[] command)
    {
        var line = Environment.UserName == "root" && account != "root" ? ["runuser", "-u", account, "--", .. command] : command;
        var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = "/tmp" })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public void Execute(string name, string sql) => Ask(name, sql, command => command.ExecuteNonQuery());

    private void Execute(string sql) => Execute(Account, sql);

    private object Scalar(string sql) => Ask(Account, sql, command => command.ExecuteScalar()!);

    private T Ask<T>(string name, string sql, Func<NpgsqlCommand, T> ask)
    {
        using var connection = new NpgsqlConnection(ConnectionString(name) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return ask(command);
    }
}
