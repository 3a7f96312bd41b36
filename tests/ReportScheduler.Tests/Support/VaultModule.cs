namespace ReportScheduler.Tests.Support;

/// <summary>A module with the commands of Microsoft.PowerShell.SecretManagement
/// (https://learn.microsoft.com/powershell/module/microsoft.powershell.secretmanagement) and the errors that it gives.</summary>
internal static class VaultModule
{
    /// <summary>The secrets in it.</summary>
    public static IReadOnlyList<string> Secrets { get; } = ["vault-text-secret", "vault-secure-secret", "vault-login-secret",
        "vault-api-key-of-the-trigger"];

    /// <summary>Writes the module below a folder for PSModulePath. The vault Corp is
    /// open; Night is locked until Unlock-SecretVault.</summary>
    /// <returns>The path of the manifest.</returns>
    public static string Write(string folder)
    {
        var module = Directory.CreateDirectory(Path.Combine(folder, "Microsoft.PowerShell.SecretManagement")).FullName;
        var manifest = Path.Combine(module, "Microsoft.PowerShell.SecretManagement.psd1");
        File.WriteAllText(manifest, """
            @{
                ModuleVersion = '1.1.2'
                RootModule = 'SecretManagement.psm1'
                FunctionsToExport = 'Get-Secret', 'Get-SecretVault', 'Unlock-SecretVault'
                CmdletsToExport = @()
                AliasesToExport = @()
            }
            """);
        File.WriteAllText(Path.Combine(module, "SecretManagement.psm1"), """
            function Secure([string] $text) { [System.Net.NetworkCredential]::new('', $text).SecurePassword }
            $secrets = @{
                Text = 'vault-text-secret'
                Secure = Secure 'vault-secure-secret'
                Login = [pscredential]::new('reports', (Secure 'vault-login-secret'))
                Table = @{ a = 1 }
                Nothing = ''
                Shop = 'Data Source=:memory:'
                Key = 'vault-api-key-of-the-trigger'
            }
            $unlocked = $false
            function Get-SecretVault { [CmdletBinding()] param($Name) foreach ($vault in 'Corp', 'Night') { [pscustomobject] @{ Name = $vault } } }
            function Unlock-SecretVault { [CmdletBinding()] param($Name, $Password) $script:unlocked = $true }
            function Get-Secret {
                [CmdletBinding()] param([Parameter(Mandatory, Position = 0)] $Name, [Parameter(Position = 1)] $Vault, [switch] $AsPlainText)
                if ($Vault -and $Vault -notin 'Corp', 'Night') {
                    $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new([System.Management.Automation.PSInvalidOperationException]::new("Vault not found in registry: $Vault"), 'GetVaultNotFound', 'InvalidOperation', $Vault))
                }
                if ($Vault -eq 'Night' -and -not $unlocked) {
                    $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new([System.InvalidOperationException]::new('A valid password is required to access the Microsoft.PowerShell.SecretStore vault.'), 'GetSecretInvalidOperation', 'InvalidOperation', $Vault))
                }
                if (-not $secrets.ContainsKey($Name)) {
                    $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([System.Management.Automation.ItemNotFoundException]::new("The secret $Name was not found."), 'GetSecretNotFound', 'ObjectNotFound', $Name))
                    return
                }
                $secrets[$Name]
            }
            """);
        return manifest;
    }
}
