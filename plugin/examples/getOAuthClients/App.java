package myproject;

import com.pulumi.Pulumi;
import io.github.owner.genesyscloudoauth.GenesyscloudoauthFunctions;
import io.github.owner.genesyscloudoauth.enums.GrantType;
import io.github.owner.genesyscloudoauth.inputs.GetOAuthClientsArgs;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var old = GenesyscloudoauthFunctions.getOAuthClients(GetOAuthClientsArgs.builder()
                .authorizedGrantType(GrantType.ClientCredentials)
                .olderThanDays(365.0)
                .build());

            ctx.export("clients", old.applyValue(result -> result.clients()));
        });
    }
}
