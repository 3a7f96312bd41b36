namespace ReportScheduler;

/// <summary>How the conversation with a mail server is protected. Certificates are always verified.</summary>
public enum MailSecurity
{
    /// <summary>TLS from the start on port 465, else STARTTLS where the server offers it.</summary>
    Auto,

    /// <summary>STARTTLS, or no mail.</summary>
    StartTls,

    /// <summary>TLS from the start.</summary>
    Tls,

    /// <summary>Plain text.</summary>
    None,
}
