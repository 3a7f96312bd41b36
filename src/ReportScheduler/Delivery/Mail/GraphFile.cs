namespace ReportScheduler.Delivery.Mail;

/// <summary>A file of a message.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Its type.</param>
/// <param name="Bytes">Its content.</param>
internal sealed record GraphFile(string Name, string MediaType, byte[] Bytes);
