namespace ReportScheduler.Definitions;

/// <summary>One thing that an import adds, changes or removes.</summary>
/// <param name="Kind">What is done with it.</param>
/// <param name="Noun">What it is, in words.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Members">The members that become others; empty where it is made or removed.</param>
/// <param name="Check">Finds out whether it may happen; throws what is wrong.</param>
/// <param name="Apply">Makes it happen in one transaction.</param>
internal sealed record DefinitionChange(ChangeKind Kind, string Noun, string Name, IReadOnlyList<string> Members, Action Check,
    Action Apply)
{
    public const string Task = "report task";
    public const string Connection = "report connection";
    public const string MailServer = "report mail server";
    public const string Identity = "report identity";
    public const string Theme = "report theme";

    /// <summary>What would happen, as -WhatIf says it.</summary>
    public string Action => $"{Kind} {Noun}{(Members.Count == 0 ? "" : $": {string.Join(", ", Members)}")}";
}
