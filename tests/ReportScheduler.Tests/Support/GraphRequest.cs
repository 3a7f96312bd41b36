namespace ReportScheduler.Tests.Support;

/// <summary>A request as the stand-in of Microsoft Graph got it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path without the mailbox, not escaped, without query.</param>
/// <param name="Query">The query, not escaped.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body.</param>
internal sealed record GraphRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Method and path, with the ids taken out.</summary>
    public override string ToString() =>
        $"{Method} {string.Join('/', Path.Split('/').Select(part => IsId(part) ? "*" : part))}";

    private static bool IsId(string part) =>
        part.StartsWith("id-", StringComparison.Ordinal) || part.StartsWith("session-", StringComparison.Ordinal);
}
