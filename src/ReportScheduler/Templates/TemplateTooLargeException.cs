namespace ReportScheduler.Templates;

/// <summary>A template makes or takes more than it may, whatever the values are.</summary>
internal sealed class TemplateTooLargeException(string message) : Exception(message);
