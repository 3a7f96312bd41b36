using System.Globalization;

namespace ReportScheduler.Sources.Providers.SqlServer;

/// <summary>What stands in a SQL Server connection string as Data Source: protocol, host, instance and port.</summary>
/// <remarks>[protocol:]host[\instance][,port], as SqlConnection.ConnectionString documents it.</remarks>
internal sealed record SqlServerSource(string Protocol, string Host, string? Instance, int? Port)
{
    public const int DefaultPort = 1433;

    private static readonly string[] Protocols = ["tcp", "np", "lpc", "admin"];

    /// <summary>Host and port, where they are all that is needed to reach it; null where the browser, a pipe or memory says more.</summary>
    public (string Host, int Port)? Endpoint =>
        Host.Length == 0 || Host.StartsWith('(') || Host.StartsWith('\\') || Protocol is not ("" or "tcp") ? null
        : Port is { } port ? (Host, port)
        : Instance is null ? (Host, DefaultPort) : null;

    /// <summary>Why this kind of address can be used on Windows only; null for one that can be used everywhere.</summary>
    public string? WindowsOnly =>
        Host.StartsWith("(localdb)", StringComparison.OrdinalIgnoreCase) ? "LocalDB"
        : Protocol == "np" || Host.StartsWith('\\') ? "a named pipe"
        : Protocol == "lpc" ? "shared memory"
        : Protocol == "admin" && Port is not null ? "the administrator's connection at a port of its own"
        : null;

    public static SqlServerSource Parse(string text)
    {
        text = text.Trim();
        var protocol = Protocols.FirstOrDefault(known => text.StartsWith(known + ":", StringComparison.OrdinalIgnoreCase)) ?? "";
        var place = (protocol.Length > 0 ? text[(protocol.Length + 1)..] : text).Trim();
        if (place.StartsWith('\\') || place.StartsWith('('))
        {
            var isLocal = place.StartsWith("(local)", StringComparison.OrdinalIgnoreCase);
            return isLocal
                ? Parse((protocol.Length > 0 ? protocol + ":" : "") + "localhost" + place["(local)".Length..])
                : new(protocol, place, null, null);
        }

        var (address, port) = Split(place, ',');
        var (host, instance) = Split(address, '\\');
        host = host.Trim().TrimStart('[').TrimEnd(']');
        return new(protocol, host == "." ? "localhost" : host, instance?.Trim(),
            int.TryParse(port, CultureInfo.InvariantCulture, out var number) ? number : null);
    }

    /// <summary>host,port for what was written as host:port; null for anything else, such as an IPv6 address.</summary>
    public static string? WithComma(string text)
    {
        var source = Parse(text);
        var (host, port) = Split(source.Host, ':');
        return port is not null && port.All(char.IsAsciiDigit) && port.Length is > 0 and <= 5
            ? $"{host}{(source.Instance is null ? "" : "\\" + source.Instance)},{port}"
            : null;
    }

    private static (string Before, string? Behind) Split(string text, char separator) =>
        text.Split(separator, 2) is [var before, var behind] ? (before, behind) : (text, null);
}
