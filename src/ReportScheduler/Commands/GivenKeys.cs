using System.Management.Automation;

namespace ReportScheduler.Commands;

/// <summary>The keys of parts that a person asked for: each as it is, or with wildcards.
/// Capitals and small letters count, as in the keys themselves.</summary>
internal sealed class GivenKeys(string[] given)
{
    private readonly WildcardPattern[] patterns = [.. given.Where(WildcardPattern.ContainsWildcardCharacters)
        .Select(key => Wildcards.Of(key, WildcardOptions.CultureInvariant))];

    public bool IsGiven => given.Length > 0;

    /// <summary>What was given that means none of these keys.</summary>
    public IReadOnlyList<string> Unmet(IReadOnlyCollection<string> keys) => [.. given.Where(each => !keys.Contains(each)
        && !(WildcardPattern.ContainsWildcardCharacters(each)
            && keys.Any(Wildcards.Of(each, WildcardOptions.CultureInvariant).IsMatch)))];

    /// <summary>Whether a key was asked for; every one, and what has none, where no key was given.</summary>
    public bool IsAsked(string? key) =>
        !IsGiven || (key is not null
            && (given.Contains(key, StringComparer.Ordinal) || Array.Exists(patterns, pattern => pattern.IsMatch(key))));
}
