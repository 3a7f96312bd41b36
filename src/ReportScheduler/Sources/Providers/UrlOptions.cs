using System.Globalization;

namespace ReportScheduler.Sources.Providers;

/// <summary>What the options of a provider's URLs mean here: a key of the client,
/// nothing, or something that a report cannot follow.</summary>
internal sealed class UrlOptions
{
    /// <summary>The options as the client has them.</summary>
    public static readonly UrlOptions None = new();

    /// <summary>Options of drivers elsewhere, and the client's keys for them.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>Options that say nothing to a report, or only to the driver they are for.</summary>
    public IReadOnlySet<string> Idle { get; init; } = new HashSet<string>();

    /// <summary>Options that would change what is read or whom is trusted, and that the
    /// client here does not have; with what to give in their place.</summary>
    public IReadOnlyDictionary<string, string> Refused { get; init; } = new Dictionary<string, string>();

    /// <summary>The client's word for a value of one of its keys; null for the value as it is.</summary>
    public Func<string, string, string?> Value { get; init; } = (_, _) => null;

    /// <summary>The client's word for TLS that is switched off.</summary>
    public string WithoutTls { get; init; } = "disable";

    /// <summary>The client's word for TLS that verifies nothing.</summary>
    public string EncryptedTls { get; init; } = "Required";

    /// <summary>Options by their names, without regard to case.</summary>
    public static Dictionary<string, string> Named(params (string Option, string Key)[] options) =>
        options.ToDictionary(option => option.Option, option => option.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Names without regard to case.</summary>
    public static HashSet<string> Names(params string[] names) => new(names, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an option is one that somebody's driver has: its name may be shown.</summary>
    public bool IsKnown(string option) => Keys.ContainsKey(option) || Idle.Contains(option) || Refused.ContainsKey(option);

    /// <summary>What to give in place of an option that a report cannot follow; null for one that it can.</summary>
    public string? Instead(string option) => Refused.GetValueOrDefault(option);

    /// <summary>The client's key and value; null for an option that says nothing here.</summary>
    public (string Key, string Value)? Translate((string Key, string Value) option) =>
        Idle.Contains(option.Key) ? null
        : !Keys.TryGetValue(option.Key, out var key) ? option
        // libpq: the authorities of the system, and then no less than verify-full
        : (key, option.Value) is ("Root Certificate", "system") ? ("SSL Mode", "VerifyFull")
        : key == "SSL Mode" ? Tls(option) is { } mode ? (key, mode) : null
        : (key, Value(key, option.Value) ?? Common(key, option.Value));

    /// <summary>Whole seconds, and Booleans in their own words.</summary>
    private static string Common(string key, string value) => (key, value.ToLowerInvariant()) switch
    {
        ("TCP Keepalive" or "Load Balance Hosts" or "Use Compression", "1" or "random" or "yes" or "true") => "true",
        ("TCP Keepalive" or "Load Balance Hosts" or "Use Compression", "0" or "disable" or "no" or "false") => "false",
        ("Connection Timeout" or "Connect Timeout" or "Timeout", _) when double.TryParse(value, CultureInfo.InvariantCulture,
            out var seconds) =>
            Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture),
        _ => value,
    };

    /// <summary>The clients' own names have no signs in them: verify-full, VERIFY_IDENTITY. Null for a switch that is off.</summary>
    private string? Tls((string Key, string Value) option) => (option.Key.ToLowerInvariant(), option.Value.ToUpperInvariant()) switch
    {
        ("ssl_disabled", "TRUE" or "1" or "YES") => "None",
        ("ssl_verify_cert", "TRUE" or "1" or "YES") => "VerifyCA",
        ("ssl_verify_identity", "TRUE" or "1" or "YES") => "VerifyFull",
        ("ssl", "TRUE" or "1" or "YES") => EncryptedTls,
        ("ssl_disabled" or "ssl_verify_cert" or "ssl_verify_identity" or "ssl", "FALSE" or "0" or "NO") => null,
        (_, "DISABLED") => "None",
        (_, "DISABLE") => WithoutTls,
        (_, "VERIFY_IDENTITY") => "VerifyFull",
        _ => option.Value.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal),
    };
}
