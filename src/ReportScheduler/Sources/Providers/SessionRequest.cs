using System.Globalization;
using System.Text;
using ReportScheduler.Secrets;

namespace ReportScheduler.Sources.Providers;

/// <summary>What a session is opened with.</summary>
/// <param name="ConnectionString">In the provider's own form, without a password.</param>
/// <param name="User">The user's name; null for none.</param>
/// <param name="Password">The password; null for none.</param>
/// <param name="Timeout">How long connecting may take.</param>
/// <param name="Reader">Who reads, as the server's administrator sees it: the task's name; null for nobody in particular.</param>
/// <param name="IsReadOnly">Whether the session may write nothing.</param>
internal sealed record SessionRequest(string ConnectionString, string? User, string? Password, TimeSpan Timeout, string? Reader,
    bool IsReadOnly = false)
{
    /// <summary>Whether the password is a token, which goes over an encrypted line
    /// only unless the connection string says otherwise.</summary>
    public bool IsToken { get; init; }

    /// <summary>Gets a token for a login of its own kind; null for none.</summary>
    public Func<CancellationToken, Task<IdentityToken>>? Token { get; init; }

    // PostgreSQL keeps 63 bytes of it
    private const int LongestApplication = 63;

    /// <summary>The timeout as clients take it: whole seconds, and no more than a minute.</summary>
    public string Seconds => ((int)Math.Clamp(Math.Ceiling(Timeout.TotalSeconds), 1, 60)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The program that the server's administrator sees.</summary>
    public string Application
    {
        get
        {
            var name = new string(
                [.. (Reader is null ? "ReportScheduler" : $"ReportScheduler: {Reader}").Select(sign => char.IsControl(sign) ? ' ' : sign)]);
            while (Encoding.UTF8.GetByteCount(name) > LongestApplication)
            {
                name = name[..^(char.IsLowSurrogate(name[^1]) ? 2 : 1)];
            }

            return name.TrimEnd();
        }
    }
}
