namespace ReportScheduler.Hosting;

/// <summary>A hosted job in the words of its system.</summary>
/// <param name="Files">What the system gets.</param>
/// <param name="Triggers">When it starts the job.</param>
/// <param name="WhyNotNative">Why a task's own schedule became a look every minute; null when it did not.</param>
internal sealed record HostedDefinition(HostedFile[] Files, string[] Triggers, string? WhyNotNative);
