using MimeKit;

namespace ReportScheduler.Tests.Support;

/// <summary>A message as the server got it: the envelope and the content.</summary>
internal sealed record ReceivedMail(string From, IReadOnlyList<string> To, MimeMessage Message);
