namespace ReportScheduler.Tasks;

/// <summary>One thing that an import adds, changes or removes.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Action">What would happen, as -WhatIf says it.</param>
/// <param name="Check">Finds out whether it may happen; throws what is wrong.</param>
/// <param name="Apply">Makes it happen in one transaction.</param>
/// <param name="IsTask">It is a task that is there afterwards.</param>
internal sealed record DefinitionChange(string Name, string Action, Action Check, Action Apply, bool IsTask = false);
