namespace ReportScheduler.Secrets;

/// <summary>A token, for as long as it holds. Its text is a secret.</summary>
internal sealed class IdentityToken(string text, DateTimeOffset expiresAt)
{
    public string Text { get; } = text;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>Not the token.</summary>
    public override string ToString() => $"a token until {ExpiresAt:u}";
}
